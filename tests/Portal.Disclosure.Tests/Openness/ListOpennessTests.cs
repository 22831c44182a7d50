using Portal.Disclosure.Openness;
using Portal.Shared.Actors;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Openness;

/// <summary>逾期、临期、按期: by site, in pages, explained day by day.</summary>
public sealed class ListOpennessTests(OpennessHost host) : IClassFixture<OpennessHost>
{
    private const string Path = "/console/disclosure/openness";

    [Fact]
    public async Task Each_item_is_in_one_set_and_sites_of_others_are_not_shown()
    {
        var now = host.Clock.GetUtcNow();
        var calendar = await host.Calendar();
        var near = BeijingTime.StartOf(calendar.AddWorkdays(host.Today, 3).AddDays(1));
        List<(OpennessSet Set, OpennessItem Item)> items =
        [
            (OpennessSet.Late, await host.Item("lanqiao", now.AddMinutes(-1))),
            (OpennessSet.Near, await host.Item("lanqiao", near)),
            (OpennessSet.Running, await host.Item("lanqiao", near.AddSeconds(1))),
            (OpennessSet.DoneLate, await host.Item("lanqiao", now.AddDays(-3), now.AddDays(-2))),
            (OpennessSet.DoneInTime, await host.Item("lanqiao", now.AddDays(-3), now.AddDays(-4))),
        ];
        var other = await host.Item("jyt", now.AddMinutes(-1));
        var manager = await host.SignInAs(await host.Data.Staff(Role.SiteManager, "lanqiao"));
        foreach (var (set, item) in items)
        {
            var page = await manager.Get($"{Path}?set={set}");
            foreach (var (otherSet, one) in items)
            {
                Assert.Equal(set == otherSet, page.Text.Contains(one.Id.ToString(), StringComparison.Ordinal));
            }

            Assert.DoesNotContain(other.Id.ToString(), page.Text, StringComparison.Ordinal);
            Assert.Contains($"{Path}/{item.Id}", page.Text, StringComparison.Ordinal);
        }

        var city = await host.SignInAs(await host.Data.Staff(Role.SiteManager, "yunpu"));
        var below = await city.Get($"{Path}?set=Late&site={host.Site("lanqiao").Id}");
        Assert.Contains(items[0].Item.Id.ToString(), below.Text, StringComparison.Ordinal);
        var kind = await city.Get($"{Path}?set=Late&kind=Livelihood");
        Assert.DoesNotContain(items[0].Item.Id.ToString(), kind.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_loss_and_without_more_queries()
    {
        var now = host.Clock.GetUtcNow();
        for (var i = 0; i < 45; i++)
        {
            // Several are due at the same instant.
            await host.Item("jyt", now.AddDays(-40 + (i / 3)));
        }

        var manager = await host.SignInAs(await host.Data.Staff(Role.SiteManager, "jyt"));
        var first = await manager.Get(Path);
        var ids = IdsOf(first);
        Assert.Equal(40, ids.Count);
        var next = await manager.Get(first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        ids.UnionWith(IdsOf(next));
        Assert.True(ids.Count >= 45);
        var back = await manager.Get(next.Document.QuerySelector("a[rel=prev]")!.GetAttribute("href")!);
        Assert.Equal(IdsOf(first), IdsOf(back));

        await manager.Get(Path);
        using var many = PortalHost.CountQueries();
        await manager.Get(Path);
        Assert.True(many.Count <= 14, $"{many.Count} queries");
    }

    [Fact]
    public async Task The_due_date_is_explained_day_by_day_and_late_items_are_on_the_first_page_of_the_console()
    {
        var item = await host.Item(
            due: BeijingTime.StartOf((await host.Calendar()).AddWorkdays(new DateOnly(2026, 9, 29), 3).AddDays(1)),
            kind: OpennessKind.Normative, start: BeijingTime.StartOf(new DateOnly(2026, 9, 29)));
        var author = await host.SignInAs(await host.Data.Staff(Role.Author));
        var page = await author.Get($"{Path}/{item.Id}");
        Assert.Contains("2026-10-01", page.Text, StringComparison.Ordinal);
        Assert.Contains("国庆", page.Text, StringComparison.Ordinal);
        Assert.Contains("公开时限", (await author.Get("/console")).Text, StringComparison.Ordinal);
    }

    private static HashSet<string> IdsOf(Answer page) =>
        [.. page.Document.QuerySelectorAll("th a[data-open]").Select(link => link.GetAttribute("href")!)];
}
