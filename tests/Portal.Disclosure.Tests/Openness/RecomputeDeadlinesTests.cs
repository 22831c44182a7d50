using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Disclosure.Openness;
using Portal.Disclosure.Openness.RecomputeDeadlines;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Tests.Openness;

/// <summary>A changed calendar moves what is open, in its region, and nothing that is done.</summary>
public sealed class RecomputeDeadlinesTests(OpennessHost host) : IClassFixture<OpennessHost>
{
    [Fact]
    public async Task Open_items_of_the_region_are_read_anew_and_others_stay()
    {
        var start = BeijingTime.StartOf(new DateOnly(2026, 11, 2));
        var wrong = start.AddDays(60);
        var here = await host.Item("yunpu", wrong, kind: OpennessKind.Disclosure, start: start);
        var below = await host.Item("lanqiao", wrong, kind: OpennessKind.Normative, start: start);
        var elsewhere = await host.Item(due: wrong, kind: OpennessKind.Disclosure, start: start);
        var done = await host.Item("yunpu", wrong, start.AddDays(1), OpennessKind.Disclosure, start);
        var hours = await host.Item("yunpu", wrong, kind: OpennessKind.Livelihood, start: start);
        var result = await Run(host.Site("yunpu").RegionCode);
        Assert.Equal((2, 2), (result.Open, result.Moved));
        var calendar = await host.Calendar();
        Assert.Equal(BeijingTime.StartOf(calendar.AddWorkdays(new DateOnly(2026, 11, 2), 20).AddDays(1)), await DueOf(here));
        Assert.Equal(BeijingTime.StartOf(calendar.AddWorkdays(new DateOnly(2026, 11, 2), 3).AddDays(1)), await DueOf(below));
        foreach (var same in new[] { elsewhere, done, hours })
        {
            Assert.Equal(wrong, await DueOf(same));
        }

        Assert.Equal(0, (await Run(host.Site("yunpu").RegionCode)).Moved);
        // The whole province, and what moved is told apart from what was looked at.
        var all = await Run(host.Site("province").RegionCode);
        Assert.Equal((3, 1), (all.Open, all.Moved));
    }

    private Task<Recomputed> Run(string region) => host.InTransaction(
        services => services.GetRequiredService<RecomputeDeadlines>().RunAsync(region, CancellationToken.None));

    private Task<DateTimeOffset> DueOf(OpennessItem item) => host.Read(db =>
        db.OpennessItems.Where(row => row.Id == item.Id).Select(row => row.DueAt).SingleAsync());
}
