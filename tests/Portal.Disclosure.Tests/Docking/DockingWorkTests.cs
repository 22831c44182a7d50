using System.Net;
using Portal.Disclosure.Docking;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Docking;

/// <summary>What docking costs.</summary>
public sealed class DockingWorkTests(DockingHost host) : IClassFixture<DockingHost>
{
    [Fact]
    public async Task A_page_takes_few_statements_and_a_batch_at_most_one_more_for_a_record()
    {
        var source = await host.Source("lanqiao");
        using var partner = await host.Partner(source);
        await partner.Push("yunpu", "k0", Enumerable.Range(0, 3).Select(_ => Partner.Record(host.Number())));
        var small = await Count(() => partner.Push("yunpu", "k1", Enumerable.Range(0, 5).Select(_ => Partner.Record(host.Number()))));
        var large = await Count(() => partner.Push("yunpu", "k2", Enumerable.Range(0, 40).Select(_ => Partner.Record(host.Number()))));
        // All rows of a batch are written together; at most one statement is a record's own.
        Assert.InRange(large, 1, small + 35);
        using var reader = await host.Partner(source, CredentialDirection.Read);
        Assert.InRange(await Count(() => reader.Get("/api/docking/v1/changes?directory=yunpu")), 1, 4);
    }

    private static async Task<int> Count(Func<Task<Answer>> ask)
    {
        using var count = PortalHost.CountQueries();
        Assert.Equal(HttpStatusCode.OK, (await ask()).Status);
        return count.Count;
    }
}
