using Microsoft.Extensions.Localization;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.Directory;

/// <summary>
/// Takes an entry out of the lists by a person's decision, at once: what must not be public does not wait for reviews. That
/// it comes back does (<see cref="Proposals.ProposalRelease"/>).
/// </summary>
internal sealed class EntryListing(
    DisclosureDbContext db, DirectoryAccess access, DirectoryWriter writer, TimeProvider clock,
    IStringLocalizer<DirectoryText> text)
{
    public const int LongestReason = 200;

    public static Failure? ReasonFault(string reason, IStringLocalizer<DirectoryText> text) =>
        reason.Length is 0 or > LongestReason
            ? Failure.Invalid("Reason", reason.Length == 0 ? text["Reason.Missing"] : text["Reason.Long", LongestReason])
            : null;

    public async Task<Outcome<Done>> WithdrawAsync(Guid id, int version, string reason, CancellationToken cancellationToken)
    {
        var found = await access.EntryAsync(id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (entry, site, actor) = found.Value;
        if (ReasonFault(reason, text) is { } fault)
        {
            return fault;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await writer.LockAsync([entry.DirectoryId], cancellationToken);
        await db.Entry(entry).ReloadAsync(cancellationToken);
        if (entry.Version != version || entry.State != EntryState.Listed)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Confirm.Stale"])]);
        }

        entry.WithdrawnByStaff = true;
        await writer.UpdateAsync(
            entry, EntryDraft.Of(entry, site) with { State = EntryState.Withdrawn, Reason = reason }, actor.Id, cancellationToken);
        db.Record(Decision.By(
            actor, clock.GetUtcNow(), "disclosure.entry.withdrawn", site.Id, "directory-entry", entry.Id.ToString(), entry.Title,
            reason, entry.ContentHash, ("indexNumber", entry.IndexNumber)));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Done.Value;
    }
}
