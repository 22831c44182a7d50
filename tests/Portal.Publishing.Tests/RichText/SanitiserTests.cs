using System.Text.Json;
using Portal.Publishing.RichText;

namespace Portal.Publishing.Tests.RichText;

// S-03, S-04: nothing that runs and nothing that fishes survives, whichever way it came in.
public sealed class SanitiserTests
{
    public static TheoryData<int> Lines()
    {
        var lines = new TheoryData<int>();
        for (var line = 0; line < Payloads.All.Count; line++)
        {
            lines.Add(line);
        }

        return lines;
    }

    [Fact]
    public void The_corpus_is_large_enough() => Assert.True(Payloads.All.Count >= 150);

    [Theory]
    [MemberData(nameof(Lines))]
    public void Html_is_reduced_to_the_allow_list(int line)
    {
        var payload = Payloads.All[line];
        Check(HtmlReader.Read(payload));
        Check(HtmlReader.Read($"<p>前{payload}后</p>", Page.References));
        Check(HtmlReader.Read($"<table><tr><td>{payload}<td>x</table>"));
        Check(HtmlReader.Read($"<ul><li>{payload}"));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Markdown_is_reduced_to_the_allow_list(int line)
    {
        var payload = Payloads.All[line];
        var references = new MarkdownReferences
        {
            Image = static _ => Guid.AllBitsSet,
            Document = static _ => Guid.AllBitsSet,
        };
        Check(MarkdownReader.Read(payload, references));
        Check(MarkdownReader.Read($"## 前 {payload}\n\n- {payload}\n\n> {payload}", references));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Plain_text_is_reduced_to_the_allow_list(int line)
    {
        var payload = Payloads.All[line];
        Check(PlainTextReader.Read(payload));
        Check(PlainTextReader.Read($"<right>{payload}\n\n1. {payload}"));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Json_is_reduced_to_the_allow_list(int line)
    {
        var payload = Payloads.All[line];
        Check(RichJsonReader.Read(payload));
        Check(RichJsonReader.Read(EveryField(payload)));
        Check(RichJsonReader.Read(Linked(payload)));
        Check(RichJsonReader.Read(Typed(payload)));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_comparison_shows_words_and_never_markup(int line)
    {
        var before = new RichDocument([Paragraph.Of(Payloads.All[line] + "规定")]);
        var after = new RichDocument([Paragraph.Of("规定" + Payloads.All[line])]);
        var html = DiffRenderer.Render(RichDiff.Compare(before, after), Page.Context, new DiffLabels("新增", "删除", "格式"));
        Assert.All(
            Page.Parse(html).QuerySelectorAll("*"),
            element => Assert.Contains(element.LocalName, (string[])["p", "ins", "del", "span", "br"]));
    }

    private static void Check(Reading reading)
    {
        if (reading.Succeeded)
        {
            AllowList.Check(Page.Render(reading.Document));
        }
    }

    private static string Typed(string text) => Fill(
        """{"type":"doc","content":[{"type":"$","attrs":{"class":"$","onclick":"$"}}]}""", text);

    private static string Linked(string text) => Fill(
        """
        {"type":"doc","content":[{"type":"paragraph","attrs":{"style":"$","textAlign":"$"},
         "content":[{"type":"text","text":"x","marks":[{"type":"link","attrs":{"href":"$","target":"_blank"}}]}]}]}
        """,
        text);

    private static string EveryField(string text) => Fill(
        """
        {"type":"doc","content":[
         {"type":"heading","attrs":{"level":2,"id":"$"},"content":[{"type":"text","text":"$"}]},
         {"type":"documentNumber","content":[{"type":"text","text":"$","marks":[{"type":"bold"}]}]},
         {"type":"image","attrs":{"mediaId":"ffffffff-ffff-ffff-ffff-ffffffffffff","alt":"$","caption":"$","src":"$"}},
         {"type":"attachment","attrs":{"mediaId":"ffffffff-ffff-ffff-ffff-ffffffffffff","name":"$","mediaType":"$","size":1}},
         {"type":"video","attrs":{"mediaId":"ffffffff-ffff-ffff-ffff-ffffffffffff","title":"$"}},
         {"type":"table","attrs":{"caption":"$"},"content":[{"type":"tableRow","content":[
          {"type":"tableCell","content":[{"type":"paragraph","content":[{"type":"text","text":"$"}]}]}]}]}]}
        """,
        text);

    private static string Fill(string json, string text) =>
        json.Replace("\"$\"", JsonSerializer.Serialize(text), StringComparison.Ordinal);
}
