using System.Diagnostics;
using Portal.Publishing.RichText;

namespace Portal.Publishing.Tests.RichText;

public sealed class HtmlReaderTests
{
    [Fact]
    public void Word_paragraphs_lose_their_clothes_and_keep_their_words()
    {
        var document = Page.Read(
            """
            <html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{mso-x:1}</style></head><body>
            <!--StartFragment--><p class=MsoNormal align=center style='text-indent:32.0pt;mso-char-indent-count:2.0'>
            <b><span lang=EN-US style='font-family:仿宋'>　　关于2026年</span></b><span style='mso-bidi-font-weight:bold'>工作的
            通知<o:p></o:p></span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>
            """);
        Assert.Equal(
            [new Paragraph([new Text("关于2026年", Marks.Bold), new Text("工作的通知")], TextAlign.Center)], document.Content);
    }

    [Fact]
    public void Word_lists_are_lists_again_and_chinese_numbers_stay_text()
    {
        var document = Page.Read(
            """
            <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US><span
            style='mso-list:Ignore'>3.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span></span><![endif]>第三项</p>
            <p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>·</span>子项</p>
            <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>4.</span>第四项</p>
            <p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>（一）</span>加强领导。</p>
            """);
        Assert.Equal(
        [
            new OrderedList(
            [
                new ListItem([Paragraph.Of("第三项"), new BulletList([new ListItem([Paragraph.Of("子项")])])]),
                new ListItem([Paragraph.Of("第四项")]),
            ], 3),
            Paragraph.Of("（一）加强领导。"),
        ], document.Content);
    }

    [Fact]
    public void Old_pages_keep_their_text_and_say_what_was_left_out()
    {
        var reading = HtmlReader.Read(
            """
            <body><form id=aspnetForm><table width=980><tr><td><table><tr><td><font size=4>　　第一段</font><br><br>&nbsp;&nbsp;第二段
            <script>track()</script><input type=hidden name=__VIEWSTATE value=x></td></tr></table></td></tr></table>
            <div style="display:none">暗链</div><img src="/a.jpg"><a href="javascript:void(0)">返回</a></form></body>
            """);
        Assert.Equal("第一段\n第二段\n返回", reading.Document!.PlainText());
        Assert.Equal(3, reading.Document!.Content.Count);
        Assert.Equal(
            ["a[href]", "hidden", "img", "input", "script"],
            reading.Removed.Select(removed => removed.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Merged_cells_and_headers_are_kept()
    {
        var table = Assert.IsType<Table>(Assert.Single(Page.Read(
            """
            <table><caption> 收费  标准 </caption><thead><tr><td colspan=2>项目<td rowspan=999>备注</thead>
            <tr><th>甲<td style="text-align:right">1<td>x</table>
            """).Content));
        Assert.Equal("收费 标准", table.Caption);
        Assert.Equal([2, 1], table.Rows[0].Cells.Select(cell => cell.Colspan));
        Assert.Equal([1, 50], table.Rows[0].Cells.Select(cell => cell.Rowspan));
        Assert.All(table.Rows[0].Cells, cell => Assert.Equal(HeaderScope.Col, cell.Scope));
        Assert.Equal([HeaderScope.Row, null, null], table.Rows[1].Cells.Select(cell => cell.Scope));
        Assert.Equal(TextAlign.Right, Assert.IsType<Paragraph>(table.Rows[1].Cells[1].Content[0]).Align);
    }

    [Fact]
    public void A_link_copied_through_the_notice_page_leads_to_its_target()
    {
        var text = Assert.IsType<Text>(Assert.IsType<Paragraph>(
            Page.Read("<a href='/leave?url=https%3A%2F%2Fa.example%2Fx'>x</a>").Content[0]).Content[0]);
        Assert.Equal("https://a.example/x", text.Link!.Href);
    }

    public static TheoryData<string, int> Bombs => new()
    {
        { "<div>", 100_000 },
        { "<span>", 80_000 },
        { "<b></p>", 70_000 },
        { "<a><div>", 60_000 },
        { "<form><div>", 45_000 },
        { "<table><tr><td>", 33_000 },
        { "<svg><desc>", 45_000 },
        { "<p><font>", 55_000 },
        { "</x><div>", 55_000 },
        { "<ul><li>", 60_000 },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Half_a_megabyte_of_nesting_is_refused_at_once(string tags, int count)
    {
        var html = Repeat(tags, count);
        HtmlReader.Read(html[..1_000]);
        var watch = Stopwatch.StartNew();
        var reading = HtmlReader.Read(html);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), watch.Elapsed.ToString());
        Assert.Contains(reading.Error!.Fault, (RichFault[])[RichFault.TooDeep, RichFault.TooComplex]);
    }

    [Theory]
    [InlineData("<script>a<b c=\"</script>")]
    [InlineData("<svg><style>")]
    [InlineData("<textarea></textarea><x y='>'>")]
    [InlineData("<table>x")]
    public void Nesting_that_a_scan_of_tags_cannot_see_is_refused_by_the_parser(string prefix) =>
        Assert.Equal(RichFault.TooDeep, HtmlReader.Read(prefix + Repeat("<div>", 90_000)).Error!.Fault);

    [Fact]
    public void Unclosed_formatting_is_not_opened_anew_a_million_times()
    {
        var fonts = string.Concat(Enumerable.Range(0, 200).Select(color => $"<font color={color}>"));
        var reading = HtmlReader.Read(fonts + Repeat("<p>x", 100_000));
        Assert.Equal(RichFault.TooComplex, reading.Error!.Fault);
    }

    [Fact]
    public void Tags_left_open_as_html_allows_are_not_taken_for_nesting()
    {
        var rows = Repeat("<tr><td>a<td>b", 1_000);
        var items = Repeat("<li>x<p>y<br><img src=x>", 1_000);
        var terms = Repeat("<dt>x<dd>y<p>z", 1_000);
        Assert.True(HtmlReader.Read($"<table>{rows}</table><ul>{items}</ul><dl>{terms}").Succeeded);
    }

    [Fact]
    public void Size_is_capped_before_anything_is_read() =>
        Assert.Equal(RichFault.TooLarge, HtmlReader.Read(new string('法', 400_000)).Error!.Fault);

    private static string Repeat(string tags, int count) => string.Concat(Enumerable.Repeat(tags, count));
}
