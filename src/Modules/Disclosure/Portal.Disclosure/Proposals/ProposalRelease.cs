using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Directory.EnterEntry;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Proposals;

/// <summary>
/// Brings a proposal with its three reviews into the directory, in the transaction of the third: the index number is
/// allotted here. Call after the proposal is held; the caller saves.
/// </summary>
internal sealed class ProposalRelease(
    DisclosureDbContext db, DirectoryWriter writer, ProposalDraft draft, ISites sites, ISettings settings, TimeProvider clock,
    IStringLocalizer<ProposalText> text)
{
    public async Task<Outcome<DirectoryEntry>> ApplyAsync(
        EntryProposal proposal, SiteInfo site, Actor actor, CancellationToken cancellationToken)
    {
        var content = proposal.Content;
        if (content.Hash() != proposal.ContentHash)
        {
            return Stale("Review.ContentChanged");
        }

        await settings.EnsureLoadedAsync(cancellationToken);
        await writer.LockAsync([sites.DirectoryOf(site)], cancellationToken);
        var problems = await draft.ProblemsAsync(content, cancellationToken);
        if (problems.Count > 0)
        {
            return new Failure(FailureKind.Invalid, [.. problems.Select(problem => new FieldError("", problem.Message))]);
        }

        var now = clock.GetUtcNow();
        var composed = new ComposedMetadata(content.Values, content.CodeVersions);
        DirectoryEntry entry;
        if (proposal.Kind == ProposalKind.Enter)
        {
            entry = await writer.AddAsync(
                DirectDraft.Of(site, composed, content.Body, now) with
                {
                    IndexNumber = content.IndexNumber.Length > 0 ? content.IndexNumber : null,
                },
                actor.Id, cancellationToken);
        }
        else
        {
            entry = await db.Entries.SingleAsync(row => row.Id == content.EntryId, cancellationToken);
            await db.Entry(entry).ReloadAsync(cancellationToken);
            if (entry.Version != content.BaseVersion)
            {
                return Stale("Review.EntryMoved");
            }

            if (proposal.Kind == ProposalKind.Relist)
            {
                entry.WithdrawnByStaff = false;
            }

            await writer.UpdateAsync(
                entry,
                proposal.Kind == ProposalKind.Relist
                    ? EntryDraft.Of(entry, site) with { State = EntryState.Listed, Reason = null }
                    : DirectDraft.Of(site, composed, content.Body, entry.PublishedAt) with { State = entry.Standing, Reason = entry.Reason },
                actor.Id, cancellationToken);
        }

        var act = proposal.Kind switch
        {
            ProposalKind.Enter => "entered",
            ProposalKind.Change => "edited",
            _ => "relisted",
        };
        db.Record(Decision.By(
            actor, now, "disclosure.entry." + act, site.Id, "directory-entry", entry.Id.ToString(), entry.Title,
            content.Reason.Length > 0 ? content.Reason : null, entry.ContentHash,
            ("indexNumber", entry.IndexNumber), ("proposal", proposal.Id.ToString()), ("scheme", entry.IndexScheme)));
        return entry;
    }

    private Failure Stale(string key) => new(FailureKind.Conflict, [new FieldError("", text[key])]);
}
