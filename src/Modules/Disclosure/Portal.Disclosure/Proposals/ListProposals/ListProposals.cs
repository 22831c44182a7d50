using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Proposals.ListProposals;

/// <summary>The proposals that wait for a person, and those of the site at hand.</summary>
public sealed record ListProposals : IRequest<Outcome<ProposalList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>Proposals for staff.</summary>
/// <param name="Waiting">Those that the person may decide now, the longest waiting first.</param>
/// <param name="OfSite">The newest of the site at hand, whatever their state; none where the person has no part in them.</param>
/// <param name="SiteName">That site.</param>
public sealed record ProposalList(IReadOnlyList<ProposalLine> Waiting, IReadOnlyList<ProposalLine> OfSite, string SiteName);

internal sealed class ListProposalsHandler(
    DisclosureDbContext db, WaitingProposals waiting, ICurrentActor current, ICurrentSite currentSite)
    : IRequestHandler<ListProposals, Outcome<ProposalList>>
{
    private const int Most = 100;

    public async Task<Outcome<ProposalList>> Handle(ListProposals request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor)
        {
            return Failure.NotFound;
        }

        IReadOnlyList<ProposalLine> own = currentSite.Site is { } site && ProposalDesk.MayRead(actor, site)
            ? await db.EntryProposals.AsNoTracking().Where(row => row.SiteId == site.Id)
                .OrderByDescending(row => row.SubmittedAt).ThenByDescending(row => row.Id).Take(Most)
                .Select(row => new ProposalLine(row.Id, row.SiteId, row.Kind, row.State, row.Title, row.AuthorName, row.SubmittedAt))
                .ToListAsync(cancellationToken)
            : [];
        return new ProposalList(
            await waiting.ForAsync(actor, Most, cancellationToken), own, currentSite.Site?.Name ?? "");
    }
}
