using Portal.Publishing.RichText;

namespace Portal.Publishing.Tests.RichText;

public sealed class RichJsonTests
{
    private const string Id = "0198f000-0000-7000-8000-000000000001";

    [Fact]
    public void Every_node_of_the_set_reads_and_writes_back()
    {
        const string json =
            """{"type":"doc","content":[{"type":"documentNumber","content":[{"type":"text","text":"云政发〔2026〕12号"}]},"""
            + """{"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"总则"}]},"""
            + """{"type":"paragraph","attrs":{"textAlign":"right"},"content":[{"type":"text","marks":[{"type":"link","attrs":"""
            + """{"href":"https://a.example/","documentId":"0198f000-0000-7000-8000-000000000001"}},{"type":"bold"},"""
            + """{"type":"italic"},{"type":"underline"},{"type":"strike"},{"type":"superscript"},{"type":"subscript"}],"text":"字"},"""
            + """{"type":"hardBreak"},{"type":"text","text":"后"}]},"""
            + """{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph"}]}]},"""
            + """{"type":"orderedList","attrs":{"start":3},"content":[{"type":"listItem","content":[{"type":"paragraph"}]}]},"""
            + """{"type":"blockquote","content":[{"type":"paragraph"}]},"""
            + """{"type":"table","attrs":{"caption":"表"},"content":[{"type":"tableRow","content":["""
            + """{"type":"tableHeader","attrs":{"scope":"row","colspan":2,"rowspan":50},"content":[{"type":"paragraph"}]},"""
            + """{"type":"tableCell","content":[{"type":"paragraph"}]}]}]},"""
            + """{"type":"image","attrs":{"mediaId":"0198f000-0000-7000-8000-000000000001","alt":"图","decorative":true,"caption":"注"}},"""
            + """{"type":"attachment","attrs":{"mediaId":"0198f000-0000-7000-8000-000000000001","name":"附件.pdf","size":9,"mediaType":"application/pdf"}},"""
            + """{"type":"video","attrs":{"mediaId":"0198f000-0000-7000-8000-000000000001","title":"片"}},{"type":"horizontalRule"}]}""";
        Assert.Equal(json, Read(json).ToJson());
    }

    [Fact]
    public void Attributes_outside_the_set_are_dropped_and_defaults_are_not_written()
    {
        var document = Read(
            """
            {"content":[{"attrs":{"textAlign":null,"class":"x","style":"y"},"type":"paragraph",
             "content":[{"type":"text","text":"甲","marks":[{"type":"link","attrs":{"href":"/a","target":"_blank","rel":"x"}}]}]}],
             "type":"doc"}
            """);
        Assert.Equal(
            """{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","marks":[{"type":"link","attrs":{"href":"/a"}}],"text":"甲"}]}]}""",
            document.ToJson());
    }

    [Theory]
    [InlineData("""{"type":"iframe"}""", nameof(RichFault.UnknownNode), "iframe")]
    [InlineData("""{"type":"codeBlock"}""", nameof(RichFault.UnknownNode), "codeBlock")]
    [InlineData("""{"type":"listItem"}""", nameof(RichFault.MisplacedNode), "listItem")]
    [InlineData("""{"type":"text","text":"x"}""", nameof(RichFault.MisplacedNode), "text")]
    [InlineData("""{"type":"bulletList"}""", nameof(RichFault.InvalidAttribute), "bulletList.content")]
    [InlineData("""{"type":"heading","attrs":{"level":1}}""", nameof(RichFault.InvalidAttribute), "heading.level")]
    [InlineData("""{"type":"image","attrs":{"mediaId":"x"}}""", nameof(RichFault.InvalidAttribute), "image.mediaId")]
    [InlineData("""{"type":"image"}""", nameof(RichFault.InvalidAttribute), "image.mediaId")]
    [InlineData("""{"type":"paragraph","content":[{"type":"paragraph"}]}""", nameof(RichFault.MisplacedNode), "paragraph")]
    [InlineData("""{"type":"paragraph","content":[{"type":"text"}]}""", nameof(RichFault.InvalidAttribute), "text.text")]
    [InlineData("""{"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"code"}]}]}""", nameof(RichFault.UnknownMark), "code")]
    [InlineData(
        """{"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"link","attrs":{"href":"javascript:1"}}]}]}""",
        nameof(RichFault.LinkNotAllowed),
        "javascript:1")]
    [InlineData(
        """{"type":"table","content":[{"type":"tableRow","content":[{"type":"tableCell","attrs":{"colspan":51}}]}]}""",
        nameof(RichFault.InvalidAttribute),
        "tableCell.colspan")]
    [InlineData(
        """{"type":"table","content":[{"type":"tableRow","content":[{"type":"tableCell","attrs":{"rowspan":0}}]}]}""",
        nameof(RichFault.InvalidAttribute),
        "tableCell.rowspan")]
    public void What_is_outside_the_set_is_an_error_that_names_it(string node, string fault, string name)
    {
        var error = RichJsonReader.Read($$"""{"type":"doc","content":[{"type":"paragraph"},{{node}}]}""").Error;
        Assert.NotNull(error);
        Assert.Equal((fault, name), (error.Fault.ToString(), error.Name));
        Assert.StartsWith("1", error.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"type\":\"doc\"")]
    [InlineData("{\"type\":\"doc\",\"type\":\"doc\"}")]
    [InlineData("{\"type\":\"doc\",\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"\\ud800\"}]}]}")]
    public void What_is_no_document_is_refused(string json) =>
        Assert.Contains(RichJsonReader.Read(json).Error!.Fault, (RichFault[])[RichFault.NotJson, RichFault.NotADocument]);

    [Fact]
    public void Size_depth_and_number_of_nodes_are_capped()
    {
        Assert.Equal(RichFault.TooLarge, RichJsonReader.Read(new string(' ', 1_048_577)).Error!.Fault);
        Assert.Equal(RichFault.TooDeep, RichJsonReader.Read(Nested(60)).Error!.Fault);
        Assert.Equal(RichFault.NotJson, RichJsonReader.Read(Nested(20_000)).Error!.Fault);
        Assert.Equal(RichFault.TooManyNodes, RichJsonReader.Read(Rules(40), new RichLimits { Nodes = 39 }).Error!.Fault);
        Assert.True(RichJsonReader.Read(Rules(40), new RichLimits { Nodes = 40 }).Succeeded);
        Assert.True(RichJsonReader.Read(Nested(38)).Succeeded);
    }

    [Fact]
    public void Equal_text_has_an_equal_hash_however_it_was_typed()
    {
        var composed = new RichDocument([new Paragraph([new Text("\u00e1"), new Text("\u202eb\0"), new Text("")])]);
        var decomposed = new RichDocument([new Paragraph([new Text("a\u0301b")])]);
        Assert.Equal(composed.ToJson(), decomposed.ToJson());
        Assert.NotEqual(composed.ToJson(), new RichDocument([Paragraph.Of("\u00e1c")]).ToJson());
    }

    [Fact]
    public void Characters_beyond_the_basic_plane_and_direction_marks_survive()
    {
        const string text = "𠮷野家😀𰻝ئۇيغۇر\u200f";
        Assert.Equal(text, Read(new RichDocument([Paragraph.Of(text)]).ToJson()).PlainText());
        Assert.Equal("\ufffdx", new Text("\ud800x").Value);
    }

    [Theory]
    [InlineData("https://www.yunling.gov.cn/zhengce/?a=1#b", "www.yunling.gov.cn")]
    [InlineData("HTTP://政务.example/路", "xn--zfr164b.example")]
    [InlineData("mailto:office@yunling.example", null)]
    [InlineData("tel:+86-871-12345", null)]
    [InlineData("/zhengce", null)]
    [InlineData("/", null)]
    [InlineData("#s-1", null)]
    public void Addresses_of_the_allowed_kinds_are_kept(string address, string? host)
    {
        Assert.True(Link.TryCreate(" " + address, out var link));
        Assert.Equal((address, host), (link.Href, link.Host));
    }

    [Fact]
    public void The_link_of_a_text_may_name_a_document() =>
        Assert.Equal(new Guid(Id), Link.To(new Guid(Id)).DocumentId);

    private static RichDocument Read(string json)
    {
        var reading = RichJsonReader.Read(json);
        Assert.True(reading.Succeeded, reading.Error?.ToString());
        return reading.Document;
    }

    private static string Nested(int depth) =>
        """{"type":"doc","content":["""
        + string.Concat(Enumerable.Repeat("""{"type":"blockquote","content":[""", depth))
        + string.Concat(Enumerable.Repeat("]}", depth)) + "]}";

    private static string Rules(int count) =>
        $$"""{"type":"doc","content":[{{string.Join(',', Enumerable.Repeat("""{"type":"horizontalRule"}""", count))}}]}""";
}
