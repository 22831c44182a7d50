using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outbound;
using Portal.Shared.Settings;
using Portal.Shared.Text;

namespace Portal.Disclosure.Docking.PullSources;

/// <summary>
/// Follows the feed of one source to its head: a page, a transaction, the cursor moves with what it stands for, and the
/// next page is on its way meanwhile. Killed at any moment it goes on where it was; two at once do no harm.
/// </summary>
internal sealed class PullSource(
    DisclosureDbContext db, RemoteFeed feed, DockingRuns runs, ISettings settings, TimeProvider clock,
    IStringLocalizer<DockingText> text)
{
    /// <summary>Records of a page.</summary>
    public const int PageSize = 500;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    /// <summary>Pulls until the head is reached. Answers how many records came.</summary>
    public async Task<int> RunAsync(Guid sourceId, CancellationToken cancellationToken)
    {
        try
        {
            var source = await ReadAsync(sourceId, cancellationToken);
            return source.State switch
            {
                SourceState.Active => await FollowAsync(source, cancellationToken),
                SourceState.Trial when source.TrialRunId is null => await TryAsync(source, cancellationToken),
                _ => 0,
            };
        }
        catch (Exception exception) when (exception is FeedException or OutboundException)
        {
            await FailAsync(sourceId, exception.Message, cancellationToken);
            return 0;
        }
    }

    private Task<DockedSource> ReadAsync(Guid sourceId, CancellationToken cancellationToken) =>
        db.DockedSources.AsNoTracking().SingleAsync(row => row.Id == sourceId, cancellationToken);

    private async Task<int> FollowAsync(DockedSource source, CancellationToken cancellationToken)
    {
        var total = 0;
        var fetching = feed.ChangesAsync(source, source.Cursor, PageSize, cancellationToken);
        for (var after = source.Cursor; ;)
        {
            var page = await fetching;
            if (page.Items.Count > 0)
            {
                fetching = page.HasMore ? feed.ChangesAsync(source, page.Last, PageSize, cancellationToken) : fetching;
                if (!await KeepAsync(source.Id, page, after, fetching, cancellationToken))
                {
                    return total;
                }
            }

            total += page.Items.Count;
            if (!page.HasMore)
            {
                await SettleAsync(source.Id, page.Head, cancellationToken);
                return total;
            }

            after = page.Last;
        }
    }

    // Whatever becomes of the page, nobody is left waiting for the next one.
    private async Task<bool> KeepAsync(
        Guid sourceId, FetchedPage page, long after, Task fetching, CancellationToken cancellationToken)
    {
        var kept = false;
        try
        {
            var outcome = await runs.ApplyAsync(
                sourceId,
                new Delivery
                {
                    Kind = RunKind.Pull,
                    Items = page.Items,
                    BodyHash = page.Hash,
                    FromSequence = after,
                    ToSequence = page.Last,
                    Head = page.Head,
                },
                cancellationToken);
            return kept = outcome.Fault is null;
        }
        finally
        {
            if (!kept)
            {
                await fetching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // The whole feed, as far as the setting goes: what is judged is what would come.
    private async Task<int> TryAsync(DockedSource source, CancellationToken cancellationToken)
    {
        await settings.EnsureLoadedAsync(cancellationToken);
        var most = settings.For<DisclosureSettings>(source.SiteId).DockingTrialRecords;
        List<ReadItem> items = [];
        FetchedPage page;
        var after = source.Cursor;
        do
        {
            page = await feed.ChangesAsync(source, after, Math.Min(PageSize, most - items.Count), cancellationToken);
            // No text is needed to tell what would change, and texts are what is large.
            items.AddRange(page.Items.Select(item => item with { Index = items.Count, Item = item.Item with { Body = null } }));
            after = page.Last;
        }
        while (page.HasMore && items.Count < most);
        if (items.Count > 0)
        {
            await runs.ApplyAsync(
                source.Id,
                new Delivery
                {
                    Kind = RunKind.Pull,
                    Items = items,
                    DryRun = true,
                    BodyHash = page.Hash,
                    FromSequence = source.Cursor,
                    ToSequence = page.Last,
                    Note = page.HasMore ? text["DryRun.Cut", items.Count, page.Last, page.Head].Value : null,
                },
                cancellationToken);
        }

        await SettleAsync(source.Id, page.Head, cancellationToken);
        return items.Count;
    }

    private Task<int> SettleAsync(Guid sourceId, long head, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToUniversalTime();
        return db.DockedSources.Where(row => row.Id == sourceId).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.LastContactAt, now)
                .SetProperty(row => row.Failures, 0)
                .SetProperty(row => row.LastFailure, (string?)null)
                .SetProperty(row => row.HeadSequence, head)
                .SetProperty(row => row.NextPullAt, now + Every),
            cancellationToken);
    }

    // It did not answer as it should: it is left alone for longer each time.
    private async Task FailAsync(Guid sourceId, string failure, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var failures = (await ReadAsync(sourceId, cancellationToken)).Failures + 1;
        var pause = Every * Math.Pow(2, Math.Min(failures, 10) - 1);
        var next = clock.GetUtcNow().ToUniversalTime() + (pause < LongestPause ? pause : LongestPause);
        await db.DockedSources.Where(row => row.Id == sourceId).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Failures, failures)
                .SetProperty(row => row.LastFailure, failure.CutTo(500))
                .SetProperty(row => row.NextPullAt, next),
            cancellationToken);
    }
}
