using Portal.Disclosure.Directory;

namespace Portal.Disclosure.Tests.Directory;

/// <summary>Classification lists as versioned data.</summary>
public sealed class ClassificationTests
{
    [Fact]
    public void The_lists_are_as_long_as_their_sources()
    {
        Assert.Equal(22, Classifications.Subjects.Versions[^1].Items.Count(item => item.Parent is null));
        Assert.Equal(15, Classifications.Genres.Versions[^1].Items.Count(item => item.Groups.Contains("official")));
        Assert.Equal(15, Classifications.StatutoryItems.Versions[^1].Items.Count);
        Assert.Equal(5, Classifications.FiveOpenness.Versions[^1].Items.Count);
    }

    [Theory]
    [InlineData("科技、教育/教育", "1102")]
    [InlineData("科技、教育", "11")]
    [InlineData("知识产权", "1103")]
    [InlineData("1102", "1102")]
    [InlineData(" 财政、金融、审计 > 货币(含外汇) ", "0404")]
    [InlineData("国务院组织机构", "01")]
    public void Free_text_finds_its_subject(string text, string code) =>
        Assert.Equal(code, Classifications.Subjects.Read(text)?.Code);

    [Theory]
    [InlineData("其他")]
    [InlineData("")]
    [InlineData("没有这一类")]
    public void Text_that_means_several_or_nothing_is_no_subject(string text) =>
        Assert.Equal(text == "其他" ? "22" : null, Classifications.Subjects.Read(text)?.Code);

    [Theory]
    [InlineData("通知", "08")]
    [InlineData("命令(令)", "03")]
    [InlineData("命令（令）", "03")]
    [InlineData("令", "03")]
    public void Free_text_finds_its_genre(string text, string code) => Assert.Equal(code, Classifications.Genres.Read(text)?.Code);

    [Fact]
    public void A_code_keeps_the_name_of_its_version_and_is_found_under_its_successor()
    {
        var items = Classifications.StatutoryItems;
        Assert.Equal("国民经济和社会发展统计信息", items.NameOf("03", "2008"));
        Assert.Equal("国民经济和社会发展规划、专项规划、区域规划及相关政策", items.NameOf("03", "2019"));
        Assert.Equal("04", items.Today("03", "2008"));
        Assert.Equal("03", items.Today("03", "2019"));
        Assert.Equal("2008", items.On(new DateOnly(2019, 5, 14)).Version);
        Assert.Equal("2019", items.On(new DateOnly(2019, 5, 15)).Version);
    }

    [Fact]
    public void Codes_are_unique_parents_exist_and_successors_lead_into_the_next_version()
    {
        foreach (var list in Classifications.All)
        {
            for (var i = 0; i < list.Versions.Count; i++)
            {
                var items = list.Versions[i].Items;
                Assert.Equal(items.Count, items.Select(item => item.Code).Distinct().Count());
                Assert.All(items, item => Assert.True(item.Parent is null || items.Any(other => other.Code == item.Parent)));
                if (i + 1 < list.Versions.Count)
                {
                    var next = list.Versions[i + 1].Items;
                    Assert.All(items, item => Assert.Contains(next, other => other.Code == (item.Successor ?? item.Code)));
                }
            }
        }
    }

    [Theory]
    [InlineData("amends 云政发[2026]3号 2026-03-01", "amends 云政发〔2026〕3号 2026-03-01")]
    [InlineData("修改　云政发（2026）003号", "amends 云政发〔2026〕3号")]
    [InlineData("征求意见 990002741/2026-00007", "consultedAs 990002741/2026-00007")]
    public void A_relation_is_read_as_people_write_it(string text, string kept) =>
        Assert.Equal(kept, RelationText.Parse(text)?.ToString());

    [Theory]
    [InlineData("云政发〔2026〕3号")]
    [InlineData("修改")]
    [InlineData("修改 云政发〔2026〕3号 2026-13-01")]
    [InlineData("3 云政发〔2026〕3号")]
    public void What_is_no_relation_is_none(string text) => Assert.Null(RelationText.Parse(text));
}
