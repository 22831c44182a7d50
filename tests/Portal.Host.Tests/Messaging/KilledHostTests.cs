using System.Globalization;
using System.Net;
using Npgsql;
using Portal.Shared.Actors;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Host.Tests.Messaging;

/// <summary>
/// Real processes, killed with SIGKILL: between the commit of a publication and its delivery, in the middle of a
/// delivery, and before a due time. Whoever starts next does the rest, and does it once.
/// </summary>
[Trait("Needs", "Database")]
public sealed class KilledHostTests(PortalHost host) : IClassFixture<PortalHost>
{
    private const string AllRoles = "public,console,worker";

    private static int _number;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_between_commit_and_delivery_nothing_is_lost_and_nothing_is_told_twice()
    {
        var work = await PrepareAsync();
        await using (var first = await ChildHost.StartAsync(host, "public,console"))
        {
            await Desk.Approve(await first.SignInAs(work.Releaser), work.Edition);
            Assert.True(await UndeliveredAsync(work) > 0);
            await first.KillAsync();
        }

        Assert.True(await UndeliveredAsync(work) > 0);
        await using var second = await ChildHost.StartAsync(host, AllRoles);
        await IsWholeAsync(second, work);
    }

    [Fact]
    public async Task Killed_in_the_middle_of_a_delivery_nothing_is_lost_and_nothing_is_told_twice()
    {
        var work = await PrepareAsync();
        await using (var locker = new NpgsqlConnection(host.OwnerConnection))
        {
            await locker.OpenAsync(Cancelled);
            await using var transaction = await locker.BeginTransactionAsync(Cancelled);
            await using (var command = new NpgsqlCommand("lock table audit.entries in exclusive mode", locker, transaction))
            {
                await command.ExecuteNonQueryAsync(Cancelled);
            }

            await using var first = await ChildHost.StartAsync(host, AllRoles);
            await Desk.Approve(await first.SignInAs(work.Releaser), work.Edition);
            // The trail's handler has its inbox row in an open transaction and waits for the table.
            await UntilAsync(async () => await CountAsync(
                "select count(*) from pg_locks where relation = 'audit.entries'::regclass and not granted") > 0);
            await first.KillAsync();
        }

        Assert.True(await UndeliveredAsync(work) > 0);
        await using var second = await ChildHost.StartAsync(host, AllRoles);
        await IsWholeAsync(second, work);
    }

    [Fact]
    public async Task What_fell_due_while_no_worker_lived_appears_when_one_does()
    {
        await using var first = await ChildHost.StartAsync(host, AllRoles);
        // The test's own clock stands still at its start, so that preparing takes no time of it.
        var due = TimeProvider.System.GetUtcNow().AddSeconds(8);
        var work = await PrepareAsync(due);
        await Desk.Approve(await host.SignInAs(work.Releaser), work.Edition);
        await first.KillAsync();
        Assert.Equal(1, await CountAsync("select count(*) from publishing.editions where id = $1 and state = 'Scheduled'", work.Edition));

        await UntilAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow() > due));
        await using var second = await ChildHost.StartAsync(host, AllRoles);
        await IsWholeAsync(second, work);
    }

    /// <summary>A document that waits for its last review, and nothing else that waits for delivery.</summary>
    private async Task<Work> PrepareAsync(DateTimeOffset? due = null)
    {
        var name = "k" + Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture);
        var writer = await host.SignInAs(await host.Data.Staff(Role.Author));
        var channel = await Desk.Channel(await host.SignInAs(await host.Data.Staff(Role.SiteManager)), name);
        var edition = await Desk.Draft(writer, channel, $"关于{name}试验的通知");
        var publishAt = due is { } at
            ? BeijingTime.In(at).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
            : "";
        await Desk.Write(writer, edition, ("Slug", "notice"), ("PublishAt", publishAt), ("act", "submit"));
        await Desk.Approve(await host.SignInAs(await host.Data.Staff(Role.FirstReviewer)), edition);
        await Desk.Approve(await host.SignInAs(await host.Data.Staff(Role.SecondReviewer)), edition);
        while (await host.DrainOutbox() > 0)
        {
        }

        return new Work(edition, await host.Data.Staff(Role.Releaser), name);
    }

    /// <summary>Everything that publication promises, exactly once.</summary>
    private async Task IsWholeAsync(ChildHost child, Work work)
    {
        var visitor = child.Visitor();
        var path = $"/{work.Channel}/notice";
        await UntilAsync(async () => (await visitor.Get(path)).Status == HttpStatusCode.OK);
        await UntilAsync(async () =>
            await CountAsync("select count(*) from publishing.editions where id = $1 and state = 'Live'", work.Edition) == 1
            && await UndeliveredAsync(work) == 0);

        var list = await visitor.Get("/" + work.Channel);
        Assert.Single(list.Document.QuerySelectorAll($"main a[href='{path}']"));
        var found = await visitor.Get($"/search?q={Uri.EscapeDataString($"\"{work.Channel}试验\"")}");
        Assert.Single(found.Document.QuerySelectorAll("main a"), link => link.GetAttribute("href")!.EndsWith(path, StringComparison.Ordinal));
        // Each decision is sealed once, each fact told once and handled once by each who listens.
        Assert.Equal(
            await CountAsync("select count(*) from publishing.outbox where payload->>'objectId' = $1", work.Edition.ToString()),
            await CountAsync("select count(*) from audit.entries where object_id = $1", work.Edition.ToString()));
        Assert.Equal(1, await CountAsync(
            "select count(*) from audit.entries where object_id = $1 and action = 'publishing.edition.released'", work.Edition.ToString()));
        Assert.Equal(1, await CountAsync(
            "select count(*) from publishing.outbox where type like '%.EditionPublished' and payload->>'editionId' = $1",
            work.Edition.ToString()));
        Assert.Equal(0, await CountAsync(
            "select count(*) from publishing.outbox where attempts > 0 or parked_at is not null"));
        Assert.Equal(0, await CountAsync(
            "select count(*) from (select 1 from audit.entries group by decision_id having count(*) > 1) twice"));
    }

    private Task<long> UndeliveredAsync(Work work) => CountAsync(
        """
        select count(*) from publishing.outbox
        where dispatched_at is null and (payload->>'objectId' = $1 or payload->>'editionId' = $1)
        """,
        work.Edition.ToString());

    private async Task<long> CountAsync(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(host.OwnerConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Looks again on every beat until it is so; a minute is more than anything here may take.</summary>
    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await isSo())
        {
            await beat.WaitForNextTickAsync(patience.Token);
        }
    }

    private sealed record Work(Guid Edition, Person Releaser, string Channel);
}
