using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.Docking.DecideQuarantine;

/// <summary>Decides which of two records keeps an index number.</summary>
public sealed record DecideQuarantine : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSites;

    /// <summary>Which record.</summary>
    public Guid Id { get; init; }

    /// <summary>Who keeps the number.</summary>
    public QuarantineDecision? Decision { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}

/// <summary>Both records as they stand beside each other.</summary>
public sealed record QuarantineView(
    Guid Id, string IndexNumber, string SourceName, string Holder, DateTimeOffset At, QuarantineCause Cause,
    IReadOnlyList<QuarantineDecision> Decisions, bool Decided,
    IReadOnlyList<(string Element, string Existing, string Incoming)> Elements);

internal sealed class DecideQuarantineValidator : AbstractValidator<DecideQuarantine>
{
    public DecideQuarantineValidator(IStringLocalizer<DockingText> text)
    {
        RuleFor(form => form.Decision).NotNull().IsInEnum().WithMessage(_ => text["Decision.Fault"]);
        RuleFor(form => form.Reason).Must(reason => reason?.Trim() is { Length: > 0 and <= 500 }).WithMessage(_ => text["Reason.Fault"]);
    }
}

internal sealed class QuarantineReader(DisclosureDbContext db, SourceScope scope)
{
    public async Task<Outcome<(QuarantinedItem Item, DockedSource Source, DirectoryEntry Entry)>> FindAsync(
        Guid id, CancellationToken cancellationToken)
    {
        if (await db.DockingQuarantine.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } item)
        {
            return Failure.NotFound;
        }

        var source = await scope.FindAsync(item.SourceId, cancellationToken);
        return source.Succeeded
            ? (item, source.Value, await db.Entries.SingleAsync(entry => entry.Id == item.EntryId, cancellationToken))
            : source.Failure;
    }

    /// <summary>
    /// What there is to choose. A document of this platform is what it is published as, and an entry never moves to another
    /// organisation: there the number can only stay. Two records that look alike may be two.
    /// </summary>
    public static IReadOnlyList<QuarantineDecision> Choices(QuarantinedItem item, DockedSource source, DirectoryEntry entry) =>
        item.Cause == QuarantineCause.SameDocument ? [QuarantineDecision.KeepExisting, QuarantineDecision.KeepBoth]
        : entry.Origin == EntryOrigin.Docked && entry.SiteId == source.SiteId && item.Item.Kind == DockingItem.Upsert
            ? [QuarantineDecision.KeepExisting, QuarantineDecision.TakeIncoming]
        : [QuarantineDecision.KeepExisting];
}

internal sealed class DecideQuarantineHandler(
    DisclosureDbContext db, SourceScope scope, QuarantineReader reader, DockedItems items, TimeProvider clock,
    IStringLocalizer<DockingText> text) : IRequestHandler<DecideQuarantine, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(DecideQuarantine request, CancellationToken cancellationToken)
    {
        var found = await reader.FindAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var source = await items.LockAsync(found.Value.Source.Id, cancellationToken);
        var (item, entry) = (found.Value.Item, found.Value.Entry);
        await db.Entry(item).ReloadAsync(cancellationToken);
        await db.Entry(entry).ReloadAsync(cancellationToken);
        if (item.DecidedAt is not null)
        {
            return Failure.Conflict;
        }

        var decision = request.Decision!.Value;
        if (!QuarantineReader.Choices(item, source, entry).Contains(decision))
        {
            return Failure.Invalid(nameof(request.Decision), text["Decision.CannotTake"]);
        }

        var record = await db.DockedRecords.SingleAsync(
            row => row.SourceId == source.Id && row.IndexNumber == item.IndexNumber, cancellationToken);
        if (decision == QuarantineDecision.KeepBoth)
        {
            record.EntryId = (await items.AdmitAsync(source, item.Item, scope.Actor.Id, cancellationToken)).Id;
        }
        else if (decision == QuarantineDecision.TakeIncoming)
        {
            await YieldAsync(entry, cancellationToken);
            await items.ReplaceAsync(source, entry, item.Item, scope.Actor.Id, cancellationToken);
            record.EntryId = entry.Id;
        }

        record.State = decision == QuarantineDecision.KeepExisting ? RecordState.Yielded : RecordState.Applied;
        item.Decision = decision;
        item.DecidedAt = clock.GetUtcNow();
        item.DecidedBy = scope.Actor.Name;
        item.Reason = request.Reason!.Trim();
        scope.Record(
            "quarantine-decided", source, item.Reason, ("indexNumber", item.IndexNumber), ("decision", decision.ToString()),
            ("entry", entry.Id.ToString()));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Done.Value;
    }

    // Who had the number before gives it up; what comes from there later does not take it back.
    private async Task YieldAsync(DirectoryEntry entry, CancellationToken cancellationToken)
    {
        if (await db.DockedRecords.SingleOrDefaultAsync(row => row.EntryId == entry.Id, cancellationToken) is { } former)
        {
            former.EntryId = null;
            former.State = RecordState.Yielded;
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
