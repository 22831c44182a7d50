using Portal.Publishing.Search.SearchDocuments;

namespace Portal.Publishing.Tests.Search;

public sealed class HighlighterTests
{
    [Theory]
    [InlineData("养老服务条例", "养老", "[养老]服务条例")]
    [InlineData("养老服务条例", "养老|老服", "[养老服]务条例")]
    [InlineData("ＡＢＣ abc", "abc", "[ＡＢＣ] [abc]")]
    [InlineData("条例", "没有", "条例")]
    public void Words_are_marked_where_they_stand(string text, string words, string expected) =>
        Assert.Equal(expected, Show(Highlighter.Mark(text, words.Split('|'))));

    [Fact]
    public void An_excerpt_begins_shortly_before_the_first_word()
    {
        var text = new string('前', 500) + "养老服务" + new string('后', 500);
        var shown = Show(Highlighter.Excerpt(text, ["养老服务"]));
        Assert.StartsWith("……前", shown, StringComparison.Ordinal);
        Assert.Contains("[养老服务]后", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 60, 100);
    }

    [Theory]
    [InlineData("办公电话0000-1000301 政务公开处负责", "政务公开处负责", "政务公开处负责")]
    [InlineData("这是上一句的结尾。办理时限为二十个工作日，请携带证件", "携带证件", "办理时限为二十个工作日，请携带证件")]
    [InlineData("电话0000-1000301转到本单位的政务公开工作负责同志", "负责同志", "0000-1000301转到本单位的政务公开工作负责同志")]
    public void An_excerpt_begins_where_a_sentence_or_a_word_begins(string text, string word, string expected)
    {
        var shown = Show(Highlighter.Excerpt(new string('前', 40) + text, [word]));

        Assert.StartsWith("……" + expected, shown.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void An_excerpt_never_cuts_a_character_in_two()
    {
        var text = string.Concat(Enumerable.Repeat("𠮷", 200)) + "条";
        var shown = string.Concat(Highlighter.Excerpt(text, ["条"]).Select(segment => segment.Text));
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(shown)));
    }

    private static string Show(IEnumerable<Segment> segments) =>
        string.Concat(segments.Select(segment => segment.Marked ? $"[{segment.Text}]" : segment.Text));
}
