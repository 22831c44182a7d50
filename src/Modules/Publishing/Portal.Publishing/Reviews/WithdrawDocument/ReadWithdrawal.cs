using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Publishing.Reviews.WithdrawDocument;

/// <summary>What withdrawing a live document would touch, for the form that proposes it.</summary>
public sealed record ReadWithdrawal(Guid EditionId) : IRequest<Outcome<WithdrawalEffects>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.WriteDocuments;
}

/// <summary>What a withdrawal touches.</summary>
/// <param name="EditionId">The live edition.</param>
/// <param name="DocumentId">The document.</param>
/// <param name="Title">Its title.</param>
/// <param name="Address">Its public address.</param>
/// <param name="Lists">Channel pages that list it.</param>
/// <param name="Related">Pages that name it as what they interpret, or that it interprets.</param>
/// <param name="Files">Files that only this page makes public.</param>
public sealed record WithdrawalEffects(
    Guid EditionId, Guid DocumentId, string Title, Uri Address, int Lists, int Related, int Files);

internal sealed class ReadWithdrawalHandler(PublishingDbContext db, EditionScope scope, ISites sites)
    : IRequestHandler<ReadWithdrawal, Outcome<WithdrawalEffects>>
{
    public async Task<Outcome<WithdrawalEffects>> Handle(ReadWithdrawal request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.EditionId, Permission.WriteDocuments, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (edition, document, _, site, _) = found.Value;
        var page = await db.Pages.AsNoTracking().SingleOrDefaultAsync(
            row => row.EditionId == edition.Id && row.Language == edition.Language, cancellationToken);
        if (edition.State != EditionState.Live || page is null)
        {
            return Failure.NotFound;
        }

        var lists = await db.Listings.CountAsync(
            row => row.DocumentId == document.Id && row.Language == edition.Language, cancellationToken);
        var related = await db.Pages.CountAsync(
            row => row.Status == PageStatus.Page
                && (row.Interprets.Contains(document.Id) || page.Interprets.Contains(row.DocumentId)),
            cancellationToken);
        var files = await db.PublishedMedia.CountAsync(
            row => row.DocumentId == document.Id
                && !db.PublishedMedia.Any(other => other.MediaId == row.MediaId && other.DocumentId != document.Id),
            cancellationToken);
        return new WithdrawalEffects(
            edition.Id, document.Id, edition.Title, sites.AddressOf(site, page.Path), lists, related, files);
    }
}
