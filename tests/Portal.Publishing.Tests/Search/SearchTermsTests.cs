using Portal.Publishing.Search.SearchDocuments;

namespace Portal.Publishing.Tests.Search;

public sealed class SearchTermsTests
{
    [Theory]
    [InlineData("养老 服务", "养老|服务", "")]
    [InlineData("“养老服务” 条例", "养老服务|条例", "养老服务")]
    [InlineData("\"a b\" c", "a b|c", "a b")]
    [InlineData("没有配对的\"引号", "没有配对的|引号", "")]
    [InlineData("全角　空格", "全角|空格", "")]
    public void Blanks_part_words_and_quotes_keep_a_phrase_together(string typed, string words, string phrases)
    {
        var terms = SearchTerms.Read(typed);
        Assert.Equal(words.Split('|'), terms.Words);
        Assert.Equal(phrases.Split('|', StringSplitOptions.RemoveEmptyEntries), terms.Phrases);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("   ")]
    [InlineData("\u0000\u202e")]
    [InlineData("“”")]
    public void Nothing_searchable_is_no_search(string? typed) => Assert.Null(SearchTerms.Read(typed).Expression);

    [Fact]
    public void A_whole_document_in_the_box_is_cut_between_characters()
    {
        var terms = SearchTerms.Read(string.Concat(Enumerable.Repeat("𠮷", 5_000)));
        Assert.Equal(SearchTerms.LongestQuery, terms.Words.Single().Length);
        Assert.False(char.IsHighSurrogate(terms.Words.Single()[^1]));
    }
}
