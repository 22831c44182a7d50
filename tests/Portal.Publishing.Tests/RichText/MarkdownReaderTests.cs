using System.Diagnostics;
using Portal.Publishing.RichText;

namespace Portal.Publishing.Tests.RichText;

public sealed class MarkdownReaderTests
{
    private static readonly Guid Id = new("0198f000-0000-7000-8000-000000000001");

    [Fact]
    public void A_law_keeps_its_chapters_articles_and_items()
    {
        var document = Read("## 第一章  总则\n\n第一条 为了规范管理，制定本条例。\n\n（一）甲；\n\n　　（二）乙。\n\n### 第一节\n\n34. 拍卖");
        Assert.Equal(
        [
            new Heading(2, [new Text("第一章  总则")]),
            Paragraph.Of("第一条 为了规范管理，制定本条例。"),
            Paragraph.Of("（一）甲；"),
            Paragraph.Of("　　（二）乙。"),
            new Heading(3, [new Text("第一节")]),
            new OrderedList([new ListItem([Paragraph.Of("拍卖")])], 34),
        ], document.Content);
    }

    [Fact]
    public void The_page_title_pushes_the_other_headings_down() =>
        Assert.Equal(
            [2, 3, 4, 4],
            Read("# a\n## b\n### c\n###### d").Content.OfType<Heading>().Select(heading => heading.Level));

    [Fact]
    public void Comments_go_and_everything_else_stays_as_words()
    {
        Assert.Equal("前后", Read("前<!-- x -->后").PlainText());
        Assert.Equal("", Read("<!-- FORCE BREAK -->").PlainText());
        Assert.Equal("<!-- 未完\n正文", Read("<!-- 未完\n正文").PlainText());
        Assert.Equal("实施<中华人民共和国法>办法", Read("实施<中华人民共和国法>办法").PlainText());
        Assert.Equal("<div>\n<b>甲</b>\n</div>", Read("<div>\n<b>甲</b>\n</div>").PlainText());
        Assert.Equal("code\na & b", Read("```\ncode\n```\n\na &amp; b").PlainText());
        Assert.Equal("[注]: 见附件", Read("[注]: 见附件").PlainText());
    }

    [Fact]
    public void Blanks_and_dashes_typed_by_hand_change_nothing()
    {
        Assert.Equal([Paragraph.Of("缩进")], Read("    缩进").Content);
        Assert.Equal("正文\n---", Read("正文\n---").PlainText());
        Assert.Equal([Paragraph.Of("正文"), new HorizontalRule()], Read("正文\n\n---").Content);
    }

    [Fact]
    public void Emphasis_works_beside_chinese_punctuation() =>
        Assert.Equal(
            [new Paragraph([new Text("重点：", Marks.Bold), new Text("内容"), new HardBreak(), new Text("二")])],
            Read("**重点：**内容\n二").Content);

    [Fact]
    public void Tables_keep_alignment_and_name_their_columns()
    {
        var table = Assert.IsType<Table>(Assert.Single(Read("| 项目 | 数量 |\n|---|--:|\n| 甲 | 1 |").Content));
        Assert.Equal([HeaderScope.Col, HeaderScope.Col], table.Rows[0].Cells.Select(cell => cell.Scope));
        Assert.Equal(TextAlign.Right, Assert.IsType<Paragraph>(table.Rows[1].Cells[1].Content[0]).Align);
    }

    [Fact]
    public void Keys_are_resolved_and_unknown_ones_leave_their_words()
    {
        var references = new MarkdownReferences
        {
            Image = key => key == "bridge.png" ? Id : null,
            Document = key => key == "notice" ? Id : null,
            File = key => key == "a.pdf" ? new Attachment(Id, "a.pdf", 5, "application/pdf") : null,
        };
        var reading = MarkdownReader.Read(
            "前![大桥](image:bridge.png \"通车\")后\n\n![](image:bridge.png)\n\n[通知](doc:notice)[无](doc:no)![缺](image:no)\n\n[附件](file:a.pdf)",
            references);
        Assert.Equal(
        [
            Paragraph.Of("前"),
            new Image(Id, "大桥", Caption: "通车"),
            Paragraph.Of("后"),
            new Image(Id, Decorative: true),
            new Paragraph([new Text("通知", Link: Link.To(Id)), new Text("无缺")]),
            new Attachment(Id, "附件", 5, "application/pdf"),
        ], reading.Document!.Content);
    }

    [Fact]
    public void Nesting_and_size_are_capped()
    {
        Assert.Equal(RichFault.TooDeep, MarkdownReader.Read(new string('>', 5_000) + "x").Error!.Fault);
        Assert.Equal(RichFault.TooDeep, MarkdownReader.Read(new string('>', 60) + "x").Error!.Fault);
        Assert.Equal(RichFault.TooLarge, MarkdownReader.Read(new string('法', 400_000)).Error!.Fault);
    }

    public static TheoryData<string, int> Bombs => new()
    {
        { "[", 300_000 },
        { "[](", 100_000 },
        { "![x][y]", 40_000 },
        { "[a](b", 60_000 },
        { "*|*", 100_000 },
        { "**a *", 60_000 },
        { "a**b c* ", 40_000 },
        { "<![CDATA[", 30_000 },
        { "<?", 150_000 },
        { "`a``", 70_000 },
        { "||\n||\n", 50_000 },
        { "1. ", 100_000 },
        { "> ", 150_000 },
        { "- ", 150_000 },
        { "> - ", 70_000 },
        { "[a]: b\n", 40_000 },
        { "|a|b|\n|-|-|\n", 20_000 },
        { "a\n\n", 100_000 },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void The_worst_input_of_its_size_is_answered_in_bounded_time(string signs, int count)
    {
        var text = string.Concat(Enumerable.Repeat(signs, count));
        Assert.NotNull(MarkdownReader.Read(text[..1_000]));
        var watch = Stopwatch.StartNew();
        MarkdownReader.Read(text);
        PlainTextReader.Read(text);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), watch.Elapsed.ToString());
    }

    [Theory]
    [InlineData(100)]
    [InlineData(4_000)]
    [InlineData(150_000)]
    public void Emphasis_in_emphasis_does_not_exhaust_the_stack(int depth)
    {
        var stars = new string('*', depth);
        Assert.Contains(
            MarkdownReader.Read(stars + "a" + stars).Error?.Fault,
            (RichFault?[])[null, RichFault.TooDeep, RichFault.TooComplex]);
    }

    [Fact]
    public void Lists_pushed_ever_further_in_are_refused()
    {
        var text = string.Concat(Enumerable.Range(0, 700).Select(level => new string(' ', level * 2) + "- a\n"));
        Assert.Equal(RichFault.TooDeep, MarkdownReader.Read(text).Error!.Fault);
    }

    private static RichDocument Read(string markdown)
    {
        var reading = MarkdownReader.Read(markdown);
        Assert.True(reading.Succeeded, reading.Error?.ToString());
        return reading.Document;
    }
}
