using Portal.Publishing.Pages;

namespace Portal.Publishing.Tests.Pages;

public sealed class PagePathTests
{
    [Theory]
    [InlineData("zhengce", true)]
    [InlineData("zhengce/2026-01/a", true)]
    [InlineData("", false)]
    [InlineData("/a", false)]
    [InlineData("a/", false)]
    [InlineData("a//b", false)]
    [InlineData("A", false)]
    [InlineData("a.b", false)]
    [InlineData("a b", false)]
    [InlineData("政策", false)]
    [InlineData("a\0b", false)]
    public void Paths_are_lower_case_letters_digits_hyphens_and_slashes(string path, bool expected) =>
        Assert.Equal(expected, PagePath.IsOne(path));

    [Fact]
    public void A_path_beyond_the_length_of_any_page_is_none() => Assert.False(PagePath.IsOne(new string('a', 401)));

    [Theory]
    [InlineData(1, 1, "1")]
    [InlineData(1, 3, "1 2 3")]
    [InlineData(1, 9, "1 2 3 … 9")]
    [InlineData(5, 9, "1 … 3 4 5 6 7 … 9")]
    [InlineData(9, 9, "1 … 7 8 9")]
    [InlineData(25, 50, "1 … 23 24 25 26 27 … 50")]
    public void Page_numbers_show_both_ends_and_the_neighbourhood(int current, int last, string expected) =>
        Assert.Equal(expected, string.Join(' ', PageNumbers.Around(current, last).Select(number => number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "…")));
}
