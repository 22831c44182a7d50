using System.Net;
using Npgsql;
using Portal.Publishing.Documents;
using Portal.Publishing.Tests.Reviews;

namespace Portal.Publishing.Tests.Schedules;

/// <summary>A host whose workers run, as in operation.</summary>
public sealed class WorkingHost : ReviewHost
{
    protected override bool Worker => true;
}

public sealed class ScheduleWorkerTests(WorkingHost host) : IClassFixture<WorkingHost>
{
    [Fact]
    public async Task The_worker_publishes_within_a_second_of_the_time()
    {
        var team = await host.Team();
        var soon = host.Clock.GetUtcNow().AddMinutes(2);
        var at = soon.AddTicks(-(soon.Ticks % TimeSpan.TicksPerMinute));
        var edition = await host.Published(team, "由后台发布", ("PublishAt", ChinaTime.Field(at)));
        Assert.Equal(EditionState.Scheduled, edition.State);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var listener = new NpgsqlConnection(host.OwnerConnection);
        await listener.OpenAsync(patience.Token);
        await using (var listen = new NpgsqlCommand("listen portal_outbox", listener))
        {
            await listen.ExecuteNonQueryAsync(patience.Token);
        }

        host.Clock.Advance(at - host.Clock.GetUtcNow() + TimeSpan.FromMilliseconds(500));
        while ((await host.Edition(edition.Id)).State != EditionState.Live)
        {
            await listener.WaitAsync(patience.Token);
        }

        var late = (await host.Edition(edition.Id)).PublishedAt - at;
        Assert.True(late < TimeSpan.FromSeconds(1), $"{late}");
        using var visitor = host.Visitor();
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get(ReviewHost.PathOf(team, edition))).Status);
    }
}
