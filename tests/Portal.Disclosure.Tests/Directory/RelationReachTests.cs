using System.Net;
using System.Text.Json;
using Portal.Disclosure.Directory;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Directory;

/// <summary>Who may say of another document that it no longer holds, and where that is seen.</summary>
public sealed class RelationReachTests(DisclosureHost host) : IClassFixture<DisclosureHost>
{
    private static int _numbers = 8_100;

    [Theory]
    [InlineData("废止", "jyt")]
    [InlineData("修改", "jyt")]
    [InlineData("替代", "lanqiao")]
    public async Task A_lower_organisation_changes_nothing_on_the_page_of_a_higher_one(string kind, string site)
    {
        var (target, number) = await Target(TestData.ProvinceKey, kind + site);
        var claimant = await Claim(site, $"{kind} {number} 2026-03-01");

        using var visitor = host.Visitor();
        Assert.Empty((await visitor.Get("/disclosure/records/" + target.Id)).Document.QuerySelectorAll(".p-related__item"));
        Assert.Empty(Related(await visitor.Get("/api/directory/v1/entries/" + target.Id)));

        // The claimant's own page keeps its words, and leads nowhere.
        using var near = host.Visitor(site);
        var own = await near.Get("/disclosure/records/" + claimant.Id);
        Assert.Contains(number, own.Document.QuerySelector(".p-related__item")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(own.Document.QuerySelectorAll(".p-related__item a"));

        var keeper = await host.SignInAs(await host.Data.Staff(Role.SiteManager, site));
        foreach (var page in new[] { $"documents/{claimant.DocumentId}", $"entries/{claimant.Id}" })
        {
            var rail = (await keeper.Get("/console/disclosure/" + page)).Document.QuerySelector(".c-rail")!.TextContent;
            Assert.Contains("不能改变其效力", rail, StringComparison.Ordinal);
            Assert.Contains(target.Title, rail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_same_organisation_and_a_superior_one_reach_the_other_record()
    {
        foreach (var (above, below) in new[] { ("jyt", "jyt"), (TestData.ProvinceKey, "jyt"), ("yunpu", "lanqiao") })
        {
            var (target, number) = await Target(below, above + below);
            var claimant = await Claim(above, $"废止 {number}");
            using var visitor = host.Visitor(below);
            var item = (await visitor.Get("/disclosure/records/" + target.Id)).Document.QuerySelector(".p-related__item")!;
            Assert.Contains("被废止", item.TextContent, StringComparison.Ordinal);
            Assert.Contains(claimant.Title, item.TextContent, StringComparison.Ordinal);
            using var near = host.Visitor(above);
            Assert.Single((await near.Get("/disclosure/records/" + claimant.Id)).Document.QuerySelectorAll(".p-related__item a"));
        }
    }

    [Fact]
    public async Task A_record_that_says_it_was_repealed_puts_nothing_on_the_page_of_a_stranger()
    {
        var (stranger, number) = await Target(TestData.ProvinceKey, "stranger");
        var own = await host.Entry(await host.Channel("jyt"), edition =>
        {
            edition.Fields["validity"] = "repealed";
            edition.Fields["repealedOn"] = "2026-02-01";
            edition.Fields["repealedBy"] = number;
        });
        using var visitor = host.Visitor();
        Assert.Empty((await visitor.Get("/disclosure/records/" + stranger.Id)).Document.QuerySelectorAll(".p-related__item"));
        using var near = host.Visitor("jyt");
        Assert.Single((await near.Get("/disclosure/records/" + own.Id)).Document.QuerySelectorAll(".p-related__item"));
    }

    [Fact]
    public async Task What_both_records_say_is_shown_once()
    {
        var channel = await host.Channel();
        var newer = await host.Entry(channel, edition => edition.Fields["documentNumber"] = "云政发〔2026〕6602号");
        var older = await host.Entry(channel, edition =>
        {
            edition.Fields["documentNumber"] = "云政发〔2019〕6601号";
            edition.Fields["validity"] = "repealed";
            edition.Fields["repealedOn"] = "2026-02-01";
            edition.Fields["repealedBy"] = "云政发〔2026〕6602号";
        });
        await Confirm(newer, TestData.ProvinceKey, "废止 云政发〔2019〕6601号\n废止 " + older.IndexNumber);
        using var visitor = host.Visitor();
        foreach (var (entry, tag) in new[] { (older, "被废止"), (newer, "废止") })
        {
            var item = Assert.Single((await visitor.Get("/disclosure/records/" + entry.Id)).Document.QuerySelectorAll(".p-related__item"));
            Assert.Equal(tag, item.QuerySelector(".p-tag")!.TextContent);
        }
    }

    private async Task<(DirectoryEntry Entry, string Number)> Target(string site, string name)
    {
        var number = $"云政发〔2018〕{Interlocked.Increment(ref _numbers)}号";
        return (await host.Entry(await host.Channel(site), edition =>
        {
            edition.Title = "关于" + name + "的办法";
            edition.Fields["documentNumber"] = number;
        }), number);
    }

    private async Task<DirectoryEntry> Claim(string site, string relation)
    {
        var entry = await host.Entry(await host.Channel(site));
        await Confirm(entry, site, relation);
        return entry;
    }

    private async Task Confirm(DirectoryEntry entry, string site, string relation)
    {
        var keeper = await host.SignInAs(await host.Data.Staff(Role.SiteManager, site));
        var path = $"/console/disclosure/documents/{entry.DocumentId}";
        var page = await keeper.Get(path);
        var answer = await keeper.Post(path, new()
        {
            ["Version"] = page.Document.QuerySelector("input[name=Version]")!.GetAttribute("value")!,
            ["FactsHash"] = page.Document.QuerySelector("input[name=FactsHash]")!.GetAttribute("value")!,
            ["relation"] = relation,
            ["act"] = "confirm",
        });
        Assert.True(answer.Status == HttpStatusCode.Redirect, string.Join('\n', answer.Errors));
        await host.DrainOutbox();
    }

    private static JsonElement.ArrayEnumerator Related(Answer answer) =>
        JsonDocument.Parse(answer.Text).RootElement.GetProperty("related").EnumerateArray();
}
