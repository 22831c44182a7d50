using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Proposals.ListProposals;

/// <summary>A proposal as a line.</summary>
public sealed record ProposalLine(
    Guid Id, Guid SiteId, ProposalKind Kind, ProposalState State, string Title, string AuthorName, DateTimeOffset SubmittedAt);

/// <summary>Finds the proposals that a person may decide now: of the right stage, of others, not seen by them already.</summary>
internal sealed class WaitingProposals(DisclosureDbContext db, ISites sites)
{
    public async Task<IReadOnlyList<ProposalLine>> ForAsync(Actor actor, int most, CancellationToken cancellationToken)
    {
        List<Guid> Of(Permission permission) =>
            actor.Has(permission) ? [.. sites.All.Where(site => actor.Can(permission, site)).Select(site => site.Id)] : [];
        var (first, second, release) = (Of(Permission.FirstReview), Of(Permission.SecondReview), Of(Permission.Release));
        if (first.Count + second.Count + release.Count == 0)
        {
            return [];
        }

        var person = actor.Id;
        return await db.EntryProposals.AsNoTracking()
            .Where(row => (row.State == ProposalState.AwaitingFirstReview && first.Contains(row.SiteId))
                || (row.State == ProposalState.AwaitingSecondReview && second.Contains(row.SiteId))
                || (row.State == ProposalState.AwaitingRelease && release.Contains(row.SiteId)))
            .Where(row => !row.Contributors.Contains(person)
                && !db.ProposalReviews.Any(review =>
                    review.ProposalId == row.Id && review.Round == row.Round && review.PersonId == person))
            .OrderBy(row => row.SubmittedAt).ThenBy(row => row.Id).Take(most)
            .Select(row => new ProposalLine(row.Id, row.SiteId, row.Kind, row.State, row.Title, row.AuthorName, row.SubmittedAt))
            .ToListAsync(cancellationToken);
    }
}
