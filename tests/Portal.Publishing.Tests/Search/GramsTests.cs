using System.Text;
using Portal.Shared.Text;

namespace Portal.Publishing.Tests.Search;

public sealed class GramsTests
{
    [Theory]
    [InlineData("信息公开", "信息,息公,公开,开")]
    [InlineData("第5号令", "第,5,号令,令")]
    [InlineData("ＡＢＣ条例", "abc,条例,例")]
    [InlineData("𠮷野家", "𠮷野,野家,家")]
    [InlineData("。，！", "")]
    public void Text_becomes_pairs_of_characters_and_words(string text, string expected)
    {
        var grams = new GramSet();
        Grams.Collect(Grams.Fold(text), grams);
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(), grams.ToLexemes().Order());
    }

    [Fact]
    public void Text_that_has_no_normal_form_is_folded_all_the_same()
    {
        Assert.Equal("路\uFFFD灯", Grams.Fold("路\uFFFE灯"));
        Assert.Equal("路\uFFFD", Grams.Fold("路\uD83D"));
        Assert.Equal("é\uD83D\uDE00", Grams.Fold("E\u0301\uD83D\uDE00"));
    }

    [Fact]
    public void Folding_is_what_unicode_says_for_every_character()
    {
        for (var code = 0; code < 0xfffe; code++)
        {
            if (!char.IsSurrogate((char)code))
            {
                var text = "甲" + (char)code + "Ａ乙";
                Assert.Equal(text.Normalised(NormalizationForm.FormKC).ToLowerInvariant(), Grams.Fold(text));
            }
        }
    }

    [Fact]
    public void Lexemes_come_in_the_order_of_their_bytes()
    {
        var grams = new GramSet();
        Grams.Collect(Grams.Fold("第5号令 GB2312 A4 𠮷野家 一丁 信息公开条例"), grams);
        var lexemes = grams.ToLexemes();
        Assert.Equal(lexemes.OrderBy(lexeme => Convert.ToHexString(Encoding.UTF8.GetBytes(lexeme)), StringComparer.Ordinal), lexemes);
    }

    [Theory]
    [InlineData("公开", "'公开'")]
    [InlineData("公", "'公':*")]
    [InlineData("公开条例", "'公开' & '开条' & '条例'")]
    [InlineData("GB2312", "'gb2312':*")]
    [InlineData("!@#", null)]
    public void A_term_asks_for_all_its_pairs(string term, string? expected) =>
        Assert.Equal(expected, Grams.Query(term));

    [Fact]
    public void A_quotation_mark_cannot_leave_its_lexeme() => Assert.Null(Grams.Query("' | ''"));
}
