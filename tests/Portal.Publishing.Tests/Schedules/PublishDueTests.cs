using System.Net;
using Npgsql;
using Portal.Publishing.Documents;
using Portal.Publishing.Schedules.PublishDue;
using Portal.Publishing.Tests.Reviews;
using Portal.Testing;

namespace Portal.Publishing.Tests.Schedules;

/// <summary>A host of its own: these tests move its clock.</summary>
public sealed class ScheduleHost : ReviewHost
{
    /// <summary>The next full minute but one, as the form takes it.</summary>
    internal DateTimeOffset Soon()
    {
        var now = Clock.GetUtcNow().AddMinutes(2);
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
    }

    internal void GoTo(DateTimeOffset instant)
    {
        var now = Clock.GetUtcNow();
        if (instant > now)
        {
            Clock.Advance(instant - now);
        }
    }

    internal Task<DateTimeOffset?> RunAsync() => Use<PublishDue, DateTimeOffset?>(due => due.RunAsync(CancellationToken.None));
}

public sealed class PublishDueTests(ScheduleHost host) : IClassFixture<ScheduleHost>
{
    [Fact]
    public async Task A_scheduled_edition_is_public_at_its_time_and_not_before()
    {
        var team = await host.Team();
        var at = host.Soon();
        var edition = await host.Published(team, "定时的公告", ("PublishAt", ChinaTime.Field(at)));
        Assert.Equal((EditionState.Scheduled, at), (edition.State, edition.PublishAt));
        using var visitor = host.Visitor();

        host.GoTo(at.AddSeconds(-10));
        var next = await host.RunAsync();
        await host.DrainOutbox();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(ReviewHost.PathOf(team, edition))).Status);
        Assert.True(next <= at);

        host.GoTo(at);
        await host.RunAsync();
        await host.DrainOutbox();
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get(ReviewHost.PathOf(team, edition))).Status);
        var live = await host.Edition(edition.Id);
        Assert.Equal(EditionState.Live, live.State);
        Assert.True(live.PublishedAt - at < TimeSpan.FromSeconds(1), $"{live.PublishedAt - at}");
        Assert.Equal(1, await host.Decisions("publishing.edition.published", edition.Id));
    }

    [Fact]
    public async Task A_page_is_taken_down_at_its_time()
    {
        var team = await host.Team();
        var at = host.Soon();
        var edition = await host.Published(team, "到期的公告", ("TakeDownAt", ChinaTime.Field(at)));
        await host.DrainOutbox();
        using var visitor = host.Visitor();
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get(ReviewHost.PathOf(team, edition))).Status);

        host.GoTo(at);
        await host.RunAsync();
        await host.DrainOutbox();

        var page = await visitor.Get(ReviewHost.PathOf(team, edition));
        Assert.Equal(HttpStatusCode.Gone, page.Status);
        Assert.Contains("该信息已到期下线。", page.Text, StringComparison.Ordinal);
        Assert.Equal(EditionState.TakenDown, (await host.Edition(edition.Id)).State);
        Assert.Equal(1, await host.Decisions("publishing.edition.taken-down", edition.Id));
    }

    [Fact]
    public async Task An_urgent_fix_asks_and_keeps_what_is_scheduled()
    {
        var team = await host.Team();
        var at = host.Soon();
        var (live, scheduled) = await WithScheduled(team, at);
        var fix = await host.Next(team, live, ("bodyText", "紧急更正。"));
        await host.Submit(team.Author, fix.Id);
        await host.Decide(team.First, fix.Id);
        await host.Decide(team.Second, fix.Id);

        var asked = await host.Decide(team.Releaser, fix.Id);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Contains(asked.Errors, error => error.Contains("另有第 2 版定于", StringComparison.Ordinal));
        Assert.Equal(2, asked.Document.QuerySelectorAll("input[name=Scheduled]").Length);
        Assert.Equal(EditionState.AwaitingRelease, (await host.Edition(fix.Id)).State);
        await host.Decide(team.Releaser, fix.Id, scheduled: "keep");
        Assert.Equal(EditionState.Live, (await host.Edition(fix.Id)).State);
        Assert.Equal(EditionState.Scheduled, (await host.Edition(scheduled.Id)).State);

        host.GoTo(at);
        await host.RunAsync();
        Assert.Equal(EditionState.Live, (await host.Edition(scheduled.Id)).State);
        Assert.Equal(EditionState.Superseded, (await host.Edition(fix.Id)).State);
        Assert.Equal(3, (await host.Page(live.DocumentId)).Sequence);
    }

    [Fact]
    public async Task An_urgent_fix_takes_the_place_of_what_is_scheduled_when_told_to()
    {
        var team = await host.Team();
        var at = host.Soon();
        var (live, scheduled) = await WithScheduled(team, at);
        var fix = await host.Next(team, live, ("bodyText", "紧急更正。"));
        await host.Submit(team.Author, fix.Id);
        await host.Decide(team.First, fix.Id);
        await host.Decide(team.Second, fix.Id);

        await host.Decide(team.Releaser, fix.Id, scheduled: "replace");

        Assert.Equal(EditionState.Discarded, (await host.Edition(scheduled.Id)).State);
        Assert.Equal(1, await host.Decisions("publishing.edition.discarded", scheduled.Id));
        host.GoTo(at);
        await host.RunAsync();
        Assert.Equal(EditionState.Live, (await host.Edition(fix.Id)).State);
    }

    [Fact]
    public async Task The_list_shows_what_is_coming_and_what_is_overdue_and_lets_a_releaser_cancel()
    {
        var team = await host.Team();
        var at = host.Soon();
        var edition = await host.Published(team, "要取消的公告", ("PublishAt", ChinaTime.Field(at)));
        var browser = await host.SignInAs(team.Releaser);
        var path = $"/console/editions/{edition.Id}/schedule-cancellation";

        var list = await browser.Get("/console/schedule");
        host.GoTo(at.AddSeconds(5));
        var overdue = await browser.Get("/console/schedule");
        var silent = await browser.Post(path, new() { ["Reason"] = "" });
        var forbidden = await (await host.SignInAs(team.Author)).Post(path, new() { ["Reason"] = "理由" });
        var cancelled = await browser.Post(path, new() { ["Reason"] = "会议改期。" });
        var again = await browser.Post(path, new() { ["Reason"] = "会议改期。" });
        await host.RunAsync();

        Assert.Contains("要取消的公告", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("尚未执行", Row(list), StringComparison.Ordinal);
        Assert.Contains("尚未执行", Row(overdue), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.Status);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.Status);
        Assert.Equal("/console/schedule?done=cancelled", cancelled.Location);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Equal(EditionState.Discarded, (await host.Edition(edition.Id)).State);

        static string Row(Answer page) => page.Document.QuerySelectorAll("tbody tr")
            .Single(row => row.TextContent.Contains("要取消的公告", StringComparison.Ordinal)).TextContent;
    }

    [Fact]
    public async Task One_that_cannot_go_live_never_stops_the_others()
    {
        var team = await host.Team();
        var at = host.Soon();
        var bad = await host.Published(team, "网址被占", ("PublishAt", ChinaTime.Field(at)));
        var good = await host.Published(team, "照常发布", ("PublishAt", ChinaTime.Field(at)));
        await host.Owner(
            "insert into publishing.path_owners (site_id, path, kind, target_id) values ($1, $2, 'Channel', gen_random_uuid())",
            bad.SiteId, $"{team.Channel.Path}/{bad.Slug}");

        host.GoTo(at);
        await host.RunAsync();

        Assert.Equal(EditionState.Live, (await host.Edition(good.Id)).State);
        Assert.Equal(EditionState.Scheduled, (await host.Edition(bad.Id)).State);
        await host.Owner("delete from publishing.path_owners where path = $1", $"{team.Channel.Path}/{bad.Slug}");
        await host.RunAsync();
        Assert.Equal(EditionState.Live, (await host.Edition(bad.Id)).State);
    }

    [Fact]
    public async Task A_worker_that_dies_between_commit_and_delivery_loses_nothing()
    {
        var team = await host.Team();
        var live = await host.Published(team);
        await host.DrainOutbox();
        using var visitor = host.Visitor();
        Assert.Contains("正文第一段。", (await visitor.Get(ReviewHost.PathOf(team, live))).Text, StringComparison.Ordinal);
        var next = await host.Next(team, live);
        await host.Submit(team.Author, next.Id);
        await host.Approve(team, next.Id);

        // A dispatcher that has claimed the rows, and whose connection dies with it.
        await using (var dying = new NpgsqlConnection(host.OwnerConnection))
        {
            await dying.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = await dying.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var claim = new NpgsqlCommand(
                "select id from publishing.outbox where dispatched_at is null for update skip locked", dying, transaction);
            await claim.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, await Delivered(next.Id));
            await host.DrainOutbox();
            Assert.Equal(0, await Delivered(next.Id));
        }

        await host.DrainOutbox();

        Assert.Equal(1, await Delivered(next.Id));
        Assert.Contains("正文第二稿。", (await visitor.Get(ReviewHost.PathOf(team, live))).Text, StringComparison.Ordinal);
    }

    private async Task<long> Delivered(Guid editionId) => (long)(await host.Owner(
        """
        select count(*) from publishing.outbox
        where type like '%EditionPublished' and payload->>'editionId' = $1 and dispatched_at is not null
        """,
        editionId.ToString()))!;

    private async Task<(Edition Live, Edition Scheduled)> WithScheduled(Team team, DateTimeOffset at)
    {
        var live = await host.Published(team);
        var scheduled = await host.Next(team, live, ("PublishAt", ChinaTime.Field(at)));
        await host.Submit(team.Author, scheduled.Id);
        return (live, await host.Approve(team, scheduled.Id));
    }
}
