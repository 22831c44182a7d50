using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Messaging;
using Portal.Shared.Outcomes;
using Portal.Shared.Text;

namespace Portal.Disclosure.Docking;

/// <summary>What came in: from where, and how it is told apart.</summary>
internal sealed record Delivery
{
    public required RunKind Kind { get; init; }

    public required IReadOnlyList<ReadItem> Items { get; init; }

    /// <summary>Only what would change; nothing is kept but the run.</summary>
    public bool DryRun { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? BodyHash { get; init; }

    public long? FromSequence { get; init; }

    public long? ToSequence { get; init; }

    /// <summary>The newest sequence that the other side has told of.</summary>
    public long? Head { get; init; }

    /// <summary>What a person should know of the run.</summary>
    public string? Note { get; init; }
}

/// <summary>How a delivery ended: a run, or why there is none.</summary>
internal sealed record DeliveryOutcome(DockingRun? Run, DockingFault? Fault, bool Repeated = false);

/// <summary>
/// Applies deliveries: one transaction each, with the run that records it and the cursor that it moves. What a guard stops
/// is rolled back as a whole, and the source waits for a person.
/// </summary>
internal sealed class DockingRuns(
    DisclosureDbContext db, DockedItems items, TimeProvider clock, IStringLocalizer<DockingText> text)
{
    private const int FewDeletions = 50;
    private const int DeletionPercent = 5;
    private const int FewItems = 10;
    private const int FailurePercent = 20;
    private const int AlikePercent = 20;

    private static readonly TimeSpan DeletionWindow = TimeSpan.FromDays(1);

    public async Task<DeliveryOutcome> ApplyAsync(Guid sourceId, Delivery delivery, CancellationToken cancellationToken)
    {
        var started = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var source = await items.LockAsync(sourceId, cancellationToken);
        source.LastContactAt = started;
        if (delivery.IdempotencyKey is { } key && !delivery.DryRun
            && await db.DockingRuns.AsNoTracking().SingleOrDefaultAsync(
                run => run.SourceId == sourceId && run.IdempotencyKey == key && run.State == RunState.Done,
                cancellationToken) is { } before)
        {
            return before.BodyHash == delivery.BodyHash
                ? new DeliveryOutcome(before, null, Repeated: true)
                : Refused(409, "idempotency.reused");
        }

        if (!delivery.DryRun && source.State != SourceState.Active)
        {
            return source.State switch
            {
                SourceState.Trial => Refused(409, "source.trial"),
                SourceState.Held => new DeliveryOutcome(null, new DockingFault(409, "source.held", text["Fault.source.held", source.HeldFor ?? ""])),
                _ => Refused(403, "source.suspended"),
            };
        }

        if (delivery.FromSequence is { } from && !delivery.DryRun && from != source.Cursor)
        {
            // Another worker was faster; what it has done stands.
            return Refused(409, "cursor.moved");
        }

        var held = await db.DockedRecords.CountAsync(record => record.SourceId == sourceId && !record.Withdrawn, cancellationToken);
        var outcomes = await items.ApplyAsync(source, delivery.Items, cancellationToken);
        var run = RunOf(sourceId, delivery, outcomes, started);
        var guard = source.WaivedUntil > started ? null
            : await GuardAsync(source, run, outcomes.Count(outcome => outcome.IsAlike), held, cancellationToken);
        if (guard is not null || delivery.DryRun)
        {
            await transaction.RollbackAsync(cancellationToken);
            db.ChangeTracker.Clear();
            return await KeepRunAsync(sourceId, run, outcomes, guard, delivery.Note, cancellationToken);
        }

        if (delivery.ToSequence is { } to && delivery.Kind == RunKind.Pull)
        {
            source.Cursor = to;
            source.HeadSequence = delivery.Head ?? to;
            source.Failures = 0;
            source.LastFailure = null;
        }

        db.DockingRuns.Add(run);
        run.FinishedAt = clock.GetUtcNow();
        run.Answer = delivery.IdempotencyKey is null ? null : AnswerOf(run, outcomes);
        await items.SaveAsync(cancellationToken);
        await AddLinesAsync(run, outcomes, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return new DeliveryOutcome(run, null);
    }

    private async Task<DeliveryOutcome> KeepRunAsync(
        Guid sourceId, DockingRun run, IReadOnlyList<ItemOutcome> outcomes, string? guard, string? note,
        CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var source = await items.LockAsync(sourceId, cancellationToken);
        source.LastContactAt = run.StartedAt;
        run.FinishedAt = clock.GetUtcNow();
        db.DockingRuns.Add(run);
        run.Message = guard is null || note is null ? guard ?? note : note + guard;
        if (run.Kind == RunKind.DryRun)
        {
            run.Answer = AnswerOf(run, outcomes);
            source.TrialRunId = run.Id;
        }
        else
        {
            run.State = RunState.Stopped;
            source.State = SourceState.Held;
            source.HeldFor = guard;
        }

        await db.SaveChangesAsync(cancellationToken);
        await AddLinesAsync(run, outcomes, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return run.State == RunState.Done
            ? new DeliveryOutcome(run, null)
            : new DeliveryOutcome(run, new DockingFault(409, "source.guard", guard!));
    }

    /// <summary>Why a run must not go through without a person; null: it may.</summary>
    private async Task<string?> GuardAsync(
        DockedSource source, DockingRun run, int alike, int held, CancellationToken cancellationToken)
    {
        if (run.Received >= FewItems && run.Rejected * 100 > run.Received * FailurePercent)
        {
            return text["Guard.Failures", run.Rejected, run.Received, FailurePercent];
        }

        // A directory that is delivered once more under other numbers.
        if (run.Received >= FewItems && alike * 100 > run.Received * AlikePercent)
        {
            return text["Guard.Alike", alike, run.Received, AlikePercent];
        }

        if (run.Withdrawn == 0)
        {
            return null;
        }

        // Many small batches are one large one.
        var since = run.StartedAt - DeletionWindow;
        var earlier = await db.DockingRuns
            .Where(other => other.SourceId == source.Id && other.StartedAt > since && other.State == RunState.Done
                && other.Kind != RunKind.DryRun
                && (source.WaivedUntil == null || other.StartedAt > source.WaivedUntil))
            .SumAsync(other => other.Withdrawn, cancellationToken);
        var most = Math.Max(FewDeletions, (held + earlier) * DeletionPercent / 100);
        return earlier + run.Withdrawn > most
            ? text["Guard.Deletions", earlier + run.Withdrawn, held + earlier, most].Value
            : null;
    }

    private DockingRun RunOf(
        Guid sourceId, Delivery delivery, IReadOnlyList<ItemOutcome> outcomes, DateTimeOffset started)
    {
        int Count(ItemResult result) => outcomes.Count(outcome => outcome.Result == result);
        return new DockingRun
        {
            Id = Guid.CreateVersion7(started),
            SourceId = sourceId,
            Kind = delivery.DryRun ? RunKind.DryRun : delivery.Kind,
            State = RunState.Done,
            IdempotencyKey = delivery.DryRun ? null : delivery.IdempotencyKey,
            BodyHash = delivery.BodyHash,
            StartedAt = started,
            FinishedAt = clock.GetUtcNow(),
            FromSequence = delivery.FromSequence,
            ToSequence = delivery.ToSequence,
            Received = outcomes.Count,
            Added = Count(ItemResult.Added),
            Updated = Count(ItemResult.Updated),
            Unchanged = Count(ItemResult.Unchanged),
            Withdrawn = Count(ItemResult.Withdrawn),
            Stale = Count(ItemResult.Stale),
            Rejected = Count(ItemResult.Rejected),
            Quarantined = Count(ItemResult.Quarantined),
        };
    }

    // What is as it should be needs no line; of a dry run everything that would change has one.
    private async Task AddLinesAsync(
        DockingRun run, IReadOnlyList<ItemOutcome> outcomes, CancellationToken cancellationToken)
    {
        var number = 0;
        foreach (var outcome in outcomes.Where(outcome =>
            outcome.Result is ItemResult.Stale or ItemResult.Rejected or ItemResult.Quarantined
            || outcome.Warnings.Count > 0
            || (run.Kind == RunKind.DryRun && outcome.Result != ItemResult.Unchanged)))
        {
            IReadOnlyList<FieldError> said = [.. outcome.Errors, .. outcome.Warnings];
            foreach (var error in said.Count > 0 ? said : [new FieldError("", "")])
            {
                db.DockingRunLines.Add(new DockingRunLine
                {
                    RunId = run.Id,
                    Line = ++number,
                    Item = outcome.Read.Index,
                    IndexNumber = (outcome.Read.IndexNumber ?? outcome.Read.Item.IndexNumber)?.CutTo(200),
                    Title = outcome.Read.Item.Metadata?.One("title")?.CutTo(200),
                    Result = outcome.Result,
                    Field = error.Message.Length == 0 ? null : PathOf(outcome.Read.Index, error.Field).CutTo(200),
                    Message = error.Message.Length == 0 ? null : error.Message.CutTo(500),
                });
            }
        }

        await BulkRows.InsertAsync<DockingRunLine>(db, cancellationToken);
    }

    private static string AnswerOf(DockingRun run, IReadOnlyList<ItemOutcome> outcomes) =>
        JsonSerializer.Serialize(
            new
            {
                runId = run.Id,
                dryRun = run.Kind == RunKind.DryRun,
                received = run.Received,
                added = run.Added,
                updated = run.Updated,
                unchanged = run.Unchanged,
                withdrawn = run.Withdrawn,
                stale = run.Stale,
                rejected = run.Rejected,
                quarantined = run.Quarantined,
                items = outcomes.Select(outcome => new
                {
                    index = outcome.Read.Index,
                    indexNumber = outcome.Read.IndexNumber ?? outcome.Read.Item.IndexNumber,
                    version = outcome.Read.Item.Version,
                    result = WordOf(outcome.Result),
                    errors = outcome.Errors.Select(error => new { field = PathOf(outcome.Read.Index, error.Field), message = error.Message }),
                    warnings = outcome.Warnings.Select(error => new { field = PathOf(outcome.Read.Index, error.Field), message = error.Message }),
                }),
            },
            MessageJson.Options);

    private static string WordOf(ItemResult result) => char.ToLowerInvariant(result.ToString()[0]) + result.ToString()[1..];

    private static string PathOf(int index, string field) =>
        field.Length == 0 ? $"items[{index}]" : $"items[{index}].{field}";

    private DeliveryOutcome Refused(int status, string code) =>
        new(null, new DockingFault(status, code, text["Fault." + code]));
}
