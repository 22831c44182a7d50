using Microsoft.Extensions.Localization;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure.Directory;

/// <summary>Takes an entry out of the lists by a person's decision, and puts it back.</summary>
internal sealed class EntryListing(
    DisclosureDbContext db, DirectoryAccess access, DirectoryWriter writer, TimeProvider clock,
    IStringLocalizer<DirectoryText> text)
{
    public const int LongestReason = 200;

    public async Task<Outcome<Done>> MoveAsync(
        Guid id, int version, string reason, EntryState state, CancellationToken cancellationToken)
    {
        var found = await access.EntryAsync(id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (entry, site, actor) = found.Value;
        if (reason.Length is 0 or > LongestReason)
        {
            return Failure.Invalid("Reason", reason.Length == 0 ? text["Reason.Missing"] : text["Reason.Long", LongestReason]);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await writer.LockAsync([entry.DirectoryId], cancellationToken);
        await db.Entry(entry).ReloadAsync(cancellationToken);
        var withdraw = state == EntryState.Withdrawn;
        // What the document's own withdrawal took out comes back with the document alone.
        if (entry.Version != version || entry.State == state || entry.State == EntryState.Withheld
            || (!withdraw && entry.Origin == EntryOrigin.Document && !entry.WithdrawnByStaff))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Confirm.Stale"])]);
        }

        var now = clock.GetUtcNow();
        entry.WithdrawnByStaff = withdraw;
        await writer.UpdateAsync(
            entry,
            EntryDraft.Of(entry, site) with { State = state, Reason = withdraw ? reason : null },
            actor.Id, cancellationToken);
        db.Record(Decision.By(
            actor, now, withdraw ? "disclosure.entry.withdrawn" : "disclosure.entry.relisted", site.Id, "directory-entry",
            entry.Id.ToString(), entry.Title, reason, entry.ContentHash, ("indexNumber", entry.IndexNumber)));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Done.Value;
    }
}
