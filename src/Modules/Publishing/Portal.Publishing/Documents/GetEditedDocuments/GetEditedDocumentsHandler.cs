using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Contracts;

namespace Portal.Publishing.Documents.GetEditedDocuments;

internal sealed class GetEditedDocumentsHandler(PublishingDbContext db)
    : IRequestHandler<Contracts.GetEditedDocuments, IReadOnlyList<EditedDocument>>
{
    private static readonly EditionState[] Ahead =
    [
        EditionState.Draft, EditionState.Returned, EditionState.AwaitingFirstReview, EditionState.AwaitingSecondReview,
        EditionState.AwaitingRelease, EditionState.Scheduled, EditionState.Live,
    ];

    public async Task<IReadOnlyList<EditedDocument>> Handle(
        Contracts.GetEditedDocuments request, CancellationToken cancellationToken)
    {
        var rows = await (
            from edition in db.Editions.AsNoTracking()
            join document in db.Documents on edition.DocumentId equals document.Id
            join channel in db.Channels on edition.ChannelId equals channel.Id
            where request.Ids.Contains(edition.DocumentId) && edition.Language == "zh-CN"
                && Ahead.Contains(edition.State) && edition.Unpublishing == null
            select new { edition, document.Type, channel.Lineage }).ToListAsync(cancellationToken);
        return
        [
            .. rows.GroupBy(row => row.edition.DocumentId)
                .Select(editions => editions.MaxBy(row => row.edition.Number)!)
                .Select(row => new EditedDocument
                {
                    Id = row.edition.DocumentId,
                    SiteId = row.edition.SiteId,
                    Lineage = row.Lineage,
                    Type = row.Type,
                    EditionId = row.edition.Id,
                    State = row.edition.State.ToString(),
                    Title = row.edition.Title,
                    Summary = row.edition.Summary,
                    Fields = row.edition.Fields,
                    Keywords = row.edition.Keywords,
                    Source = row.edition.Source,
                    ContentHash = row.edition.ContentHash,
                }),
        ];
    }
}
