using Portal.Publishing.RichText;

namespace Portal.Publishing.Tests.RichText;

public sealed class HtmlRendererTests
{
    private static readonly Guid Id = new("0198f000-0000-7000-8000-000000000001");

    [Fact]
    public void Chinese_is_written_as_it_is_and_markup_is_escaped() =>
        Assert.Equal("<p>𠮷野&lt;b&gt;&amp;&quot;&#39;云岭</p>\n", Page.Render(Paragraph.Of("𠮷野<b>&\"'云岭")));

    [Fact]
    public void The_first_paragraph_that_ends_with_a_colon_is_the_addressee_and_no_other()
    {
        var html = Page.Render(new RichDocument([Paragraph.Of("各市（州）人民政府："), Paragraph.Of("现通知如下：")]));
        Assert.Equal("<p class=\"p-addressee\">各市（州）人民政府：</p>\n<p>现通知如下：</p>\n", html);
        Assert.DoesNotContain("p-addressee", Page.Render(Paragraph.Of("第一条　本办法自公布之日起施行。")), StringComparison.Ordinal);
    }

    [Fact]
    public void Headings_carry_the_ids_of_the_outline()
    {
        var document = new RichDocument(
        [
            new Heading(2, [new Text("总则")]),
            new Blockquote([new Heading(3, [new Text("适用"), new HardBreak(), new Text("范围")])]),
        ]);
        var ids = Page.Parse(Page.Render(document)).QuerySelectorAll("h2, h3").Select(heading => heading.Id);
        Assert.Equal(["s-1", "s-2"], ids);
        Assert.Equal(
            [new OutlineEntry("s-1", 2, "总则"), new OutlineEntry("s-2", 3, "适用\n范围")], document.Outline());
    }

    [Fact]
    public void A_table_scrolls_in_a_named_region_and_its_header_rows_form_the_head()
    {
        var html = Page.Render(new Table(
            [
                new TableRow([Cell("项目", HeaderScope.Col), Cell("数量", HeaderScope.Col)]),
                new TableRow([Cell("甲", HeaderScope.Row), Cell("1", null)]),
            ],
            "收费\"标准"));
        var region = Page.Parse(html).QuerySelector("div.p-table[role=region][tabindex='0']")!;
        Assert.Equal("收费\"标准", region.GetAttribute("aria-label"));
        Assert.Equal("收费\"标准", region.QuerySelector("caption")!.TextContent);
        Assert.Equal(2, region.QuerySelectorAll("thead th[scope=col]").Length);
        Assert.Equal("甲", region.QuerySelector("tbody th[scope=row]")!.TextContent);
    }

    [Fact]
    public void A_header_that_reaches_into_the_body_stays_in_the_body()
    {
        var html = Page.Render(new Table(
            [
                new TableRow([new TableCell([Paragraph.Of("a")], HeaderScope.Col, Rowspan: 2)]),
                new TableRow([Cell("b", null)]),
            ]));
        Assert.DoesNotContain("<thead>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://www.yunling.example/a", "https://www.yunling.example/a", "noopener noreferrer")]
    [InlineData("https://evil.example/?a=1&b=路", "/leave?url=https%3A%2F%2Fevil.example%2F%3Fa%3D1%26b%3D%E8%B7%AF", "noopener noreferrer")]
    [InlineData("/zhengce", "/zhengce", null)]
    [InlineData("mailto:a@b.example", "mailto:a@b.example", null)]
    public void External_addresses_lead_through_the_notice_page(string address, string href, string? rel)
    {
        Assert.True(Link.TryCreate(address, out var link));
        var anchor = Page.Parse(Page.Render(new Paragraph([new Text("x", Link: link)]))).QuerySelector("a")!;
        Assert.Equal((href, rel), (anchor.GetAttribute("href"), anchor.GetAttribute("rel")));
    }

    [Fact]
    public void A_document_that_is_gone_leaves_its_words_or_the_address_beside_it()
    {
        var gone = new RichDocument([new Paragraph([new Text("通知", Link: Link.To(Id))])]);
        Assert.Equal("<p>通知</p>\n", HtmlRenderer.Render(gone, RenderContext.Bare));
        Assert.True(Link.TryCreate("/old", out var link, Id));
        var kept = new RichDocument([new Paragraph([new Text("通知", Link: link)])]);
        Assert.Equal("<p><a href=\"/old\">通知</a></p>\n", HtmlRenderer.Render(kept, RenderContext.Bare));
        Assert.Contains($"/documents/{Id}", Page.Render(kept), StringComparison.Ordinal);
    }

    [Fact]
    public void Media_carry_their_words_and_stay_silent_when_missing()
    {
        var document = new RichDocument(
        [
            new Image(Id, "大桥", Caption: "通车"),
            new Image(Id, "花纹", Decorative: true),
            new Attachment(Id, "附件.pdf", 1_258_291, "application/pdf"),
            new Video(Id, "发布会"),
        ]);
        var body = Page.Parse(Page.Render(document));
        Assert.Equal(["大桥", ""], body.QuerySelectorAll("img").Select(image => image.GetAttribute("alt")));
        Assert.Equal("附件.pdf 1.2 MB", body.QuerySelector("p.p-attachment a.p-file")!.TextContent);
        Assert.Equal("发布会", body.QuerySelector("video")!.GetAttribute("aria-label"));
        Assert.Equal(
            "<p class=\"p-missing\">大桥</p>\n<p class=\"p-missing\">附件.pdf</p>\n<p class=\"p-missing\">发布会</p>\n",
            HtmlRenderer.Render(document, RenderContext.Bare));
    }

    [Fact]
    public void References_are_listed_once_in_order()
    {
        var other = new Guid("0198f000-0000-7000-8000-000000000002");
        Assert.True(Link.TryCreate("https://a.example/", out var web));
        var document = new RichDocument(
        [
            new Paragraph([new Text("a", Link: Link.To(other)), new Text("b", Link: web), new Text("c", Link: Link.To(other))]),
            new BulletList([new ListItem([new Image(other), new Video(Id), new Image(other)])]),
        ]);
        Assert.Equal([other, Id], document.MediaReferences());
        Assert.Equal([other], document.DocumentReferences());
        Assert.Equal(["https://a.example/"], document.Links().Select(link => link.Href));
    }

    [Fact]
    public void Words_are_counted_and_cut_as_a_reader_counts_them()
    {
        var document = new RichDocument([new Heading(2, [new Text("标题")]), Paragraph.Of("发展 5G 网络，𠮷。"), Paragraph.Of("第二段")]);
        Assert.Equal(2 + 2 + 1 + 2 + 1 + 3, document.WordCount());
        Assert.Equal("发展 5G 网络，𠮷。 第二段", document.Excerpt(100));
        Assert.Equal("发展 5G 网络，𠮷…", document.Excerpt(10));
        Assert.Equal("标题\n发展 5G 网络，𠮷。\n第二段", document.PlainText());
    }

    [Fact]
    public void Time_grows_with_the_text_and_not_with_its_square()
    {
        var document = new RichDocument([.. Enumerable.Range(0, 40_000).Select(_ => (Block)Paragraph.Of("<&\"云岭省人民政府"))]);
        var output = new System.Text.StringBuilder();
        HtmlRenderer.Render(document, Page.Context, output);
        Assert.Equal(40_000 * "<p>&lt;&amp;&quot;云岭省人民政府</p>\n".Length, output.Length);
    }

    private static TableCell Cell(string text, HeaderScope? scope) => new([Paragraph.Of(text)], scope);
}
