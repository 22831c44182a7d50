using Portal.Shared.Ui;

namespace Portal.Publishing.Tests;

public sealed class FormRulesTests
{
    [Theory]
    [InlineData("zhengce", true)]
    [InlineData("20261122-a1", true)]
    [InlineData("", false)]
    [InlineData("Zhengce", false)]
    [InlineData("a--b", false)]
    [InlineData("-a", false)]
    [InlineData("a/b", false)]
    [InlineData("政策", false)]
    [InlineData("a\n", false)]
    public void Slugs_are_narrow(string slug, bool good) => Assert.Equal(good, FormRules.IsSlug(slug));

    [Fact]
    public void Length_counts_what_a_reader_sees()
    {
        Assert.True(FormRules.Fits(string.Concat(Enumerable.Repeat("𠮷", 100)), 100));
        Assert.False(FormRules.Fits(string.Concat(Enumerable.Repeat("𠮷", 101)), 100));
    }

    [Fact]
    public void One_character_built_of_very_many_code_points_does_not_fit() =>
        Assert.False(FormRules.Fits("a" + new string('\u0301', 300), 100));

    [Fact]
    public void Keywords_part_at_any_comma() =>
        Assert.Equal(["政策", "解读", "養老"], FormRules.Keywords(" 政策，解读、養老, 政策；"));

    [Fact]
    public void Eleven_keywords_are_too_many() =>
        Assert.False(FormRules.AreKeywords(string.Join(',', Enumerable.Range(1, 11))));

    [Theory]
    [InlineData("2026-11-22T09:00", true)]
    [InlineData("2026-11-22 09:00", true)]
    [InlineData("2026-02-30T09:00", false)]
    [InlineData("0001-01-01T00:00", false)]
    [InlineData("tomorrow", false)]
    public void Local_times_are_read_or_refused(string text, bool good) =>
        Assert.Equal(good, ChinaTime.TryRead(text, out _));

    [Fact]
    public void Local_time_is_that_of_Shanghai()
    {
        Assert.True(ChinaTime.TryRead("2026-11-22T00:30", out var instant));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 16, 30, 0, TimeSpan.Zero), instant);
        Assert.Equal("2026-11-22T00:30", ChinaTime.Field(instant));
        Assert.Equal(new DateOnly(2026, 11, 22), BeijingTime.Date(instant));
    }
}
