using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Docking.ReadEntries;
using Portal.Shared.Outbound;

namespace Portal.Disclosure.Docking.ReconcileSource;

/// <summary>
/// Compares what was received from a source with what the source says it has, bucket by bucket; asks for what differs
/// record by record, and lists what is left. It never deletes: what is here and not there is for a person.
/// </summary>
internal sealed class ReconcileRecords(
    DisclosureDbContext db, RemoteFeed feed, Buckets buckets, DockingRuns runs, DockedItems items, TimeProvider clock)
{
    public async Task<DockingRun> RunAsync(Guid sourceId, CancellationToken cancellationToken)
    {
        var source = await db.DockedSources.AsNoTracking().SingleAsync(row => row.Id == sourceId, cancellationToken);
        var run = new DockingRun
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            SourceId = sourceId,
            Kind = RunKind.Reconcile,
            StartedAt = clock.GetUtcNow(),
        };
        List<DockingRunLine> lines = [];
        try
        {
            var found = await CompareAsync(source, cancellationToken);
            var wanted = found.Where(line => line.Result != ItemResult.MissingThere).Select(line => line.Number).ToList();
            foreach (var chunk in wanted.Chunk(ReadEntriesEndpoint.Most))
            {
                var read = await feed.EntriesAsync(source, chunk, cancellationToken);
                var outcome = read.Count == 0 ? null : await runs.ApplyAsync(
                    sourceId, new Delivery { Kind = RunKind.Reconcile, Items = read }, cancellationToken);
                if (outcome?.Fault is { } fault)
                {
                    (run.State, run.Message) = (RunState.Stopped, fault.Detail);
                    break;
                }

                run.Received += read.Count;
                run.Added += outcome?.Run?.Added ?? 0;
                run.Updated += outcome?.Run?.Updated ?? 0;
            }

            var left = wanted.Count == 0 ? found : await CompareAsync(source, cancellationToken);
            lines.AddRange(left.Select((line, index) => new DockingRunLine
            {
                RunId = run.Id,
                Line = index + 1,
                Item = index,
                IndexNumber = line.Number,
                Result = line.Result,
            }));
        }
        catch (Exception exception) when (exception is FeedException or OutboundException)
        {
            run.State = RunState.Failed;
            run.Message = exception.Message.Length <= 500 ? exception.Message : exception.Message[..500];
        }

        return await KeepAsync(sourceId, run, lines, cancellationToken);
    }

    private async Task<List<(string Number, ItemResult Result)>> CompareAsync(
        DockedSource source, CancellationToken cancellationToken)
    {
        var there = (await feed.BucketsAsync(source, cancellationToken)).ToDictionary(bucket => bucket.Number);
        var here = (await buckets.OfSourceAsync(source.Id, cancellationToken)).ToDictionary(bucket => bucket.Number);
        List<(string, ItemResult)> found = [];
        foreach (var number in there.Keys.Union(here.Keys).Order())
        {
            if (there.GetValueOrDefault(number) == here.GetValueOrDefault(number))
            {
                continue;
            }

            var theirs = (await feed.BucketAsync(source, number, cancellationToken))
                .ToDictionary(record => IndexScheme.Normalise(record.IndexNumber));
            var ours = (await buckets.RecordsOfSourceAsync(source.Id, number, cancellationToken))
                .ToDictionary(record => record.IndexNumber);
            found.AddRange(theirs.Where(pair => !ours.ContainsKey(pair.Key)).Select(pair => (pair.Key, ItemResult.MissingHere)));
            found.AddRange(ours.Where(pair => !theirs.ContainsKey(pair.Key)).Select(pair => (pair.Key, ItemResult.MissingThere)));
            found.AddRange(theirs
                .Where(pair => ours.TryGetValue(pair.Key, out var own)
                    && (own.Version, own.ContentHash) != (pair.Value.Version, pair.Value.ContentHash))
                .Select(pair => (pair.Key, ItemResult.Different)));
        }

        return found;
    }

    private async Task<DockingRun> KeepAsync(
        Guid sourceId, DockingRun run, List<DockingRunLine> lines, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var source = await items.LockAsync(sourceId, cancellationToken);
        run.FinishedAt = clock.GetUtcNow();
        if (run.State == RunState.Done)
        {
            source.LastContactAt = run.FinishedAt;
            source.Differences = lines.Count;
        }

        // Also when it failed: the next week is soon enough, and a person may ask at any time.
        source.ReconciledAt = run.FinishedAt;
        db.DockingRuns.Add(run);
        db.DockingRunLines.AddRange(lines);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return run;
    }
}
