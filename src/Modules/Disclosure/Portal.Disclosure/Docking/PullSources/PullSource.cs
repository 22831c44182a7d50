using Microsoft.EntityFrameworkCore;
using Portal.Shared.Outbound;

namespace Portal.Disclosure.Docking.PullSources;

/// <summary>
/// Follows the feed of one source to its head: a page, a transaction, the cursor moves with what it stands for. Killed at
/// any moment it goes on where it was; two at once do no harm.
/// </summary>
internal sealed class PullSource(DisclosureDbContext db, RemoteFeed feed, DockingRuns runs, DockedItems items, TimeProvider clock)
{
    /// <summary>Records of a page.</summary>
    public const int PageSize = 500;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    /// <summary>Pulls until the head is reached. Answers how many records came.</summary>
    public async Task<int> RunAsync(Guid sourceId, CancellationToken cancellationToken)
    {
        var total = 0;
        try
        {
            while (true)
            {
                var source = await db.DockedSources.AsNoTracking().SingleAsync(row => row.Id == sourceId, cancellationToken);
                var trial = source.State == SourceState.Trial;
                if (source.State is not (SourceState.Active or SourceState.Trial) || (trial && source.TrialRunId is not null))
                {
                    return total;
                }

                var page = await feed.ChangesAsync(source, source.Cursor, PageSize, cancellationToken);
                var outcome = page.Items.Count == 0 ? null : await runs.ApplyAsync(
                    sourceId,
                    new Delivery
                    {
                        Kind = RunKind.Pull,
                        Items = page.Items,
                        DryRun = trial,
                        BodyHash = page.Hash,
                        FromSequence = source.Cursor,
                        ToSequence = page.Last,
                    },
                    cancellationToken);
                total += page.Items.Count;
                await SettleAsync(sourceId, null, page.Head, cancellationToken);
                if (!page.HasMore || trial || outcome?.Fault is not null)
                {
                    return total;
                }
            }
        }
        catch (Exception exception) when (exception is FeedException or OutboundException)
        {
            await SettleAsync(sourceId, exception.Message, null, cancellationToken);
            return total;
        }
    }

    // It answered, or it did not: then it is left alone for longer each time.
    private async Task SettleAsync(Guid sourceId, string? failure, long? head, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var source = await items.LockAsync(sourceId, cancellationToken);
        var now = clock.GetUtcNow();
        if (failure is null)
        {
            source.LastContactAt = now;
            source.Failures = 0;
            source.LastFailure = null;
            source.HeadSequence = head!.Value;
            source.NextPullAt = now + Every;
        }
        else
        {
            source.Failures++;
            source.LastFailure = failure.Length <= 500 ? failure : failure[..500];
            var pause = Every * Math.Pow(2, Math.Min(source.Failures, 10) - 1);
            source.NextPullAt = now + (pause < LongestPause ? pause : LongestPause);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }
}
