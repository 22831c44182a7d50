using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Publishing.Documents.ReadDocumentHistory;

/// <summary>Every edition of a document, newest first, with the reviews each went through.</summary>
public sealed record ReadDocumentHistory(Guid DocumentId) : IRequest<Outcome<DocumentHistory>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>A document's editions.</summary>
public sealed record DocumentHistory
{
    /// <summary>The document as a refusal names it.</summary>
    public FailureObject About => new("document", DocumentId.ToString(), Title);

    /// <summary>The document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>Its title now: that of the newest edition in use.</summary>
    public required string Title { get; init; }

    /// <summary>Key of its type.</summary>
    public required string Type { get; init; }

    /// <summary>Public address, while there is one.</summary>
    public string? Address { get; init; }

    /// <summary>Editions, newest first.</summary>
    public required IReadOnlyList<EditionLine> Editions { get; init; }

    /// <summary>The reader may write here.</summary>
    public required bool MayWrite { get; init; }

    /// <summary>The edition being written or reviewed, if any.</summary>
    public EditionLine? Working => Editions.FirstOrDefault(edition => EditionStates.Working.Contains(edition.State));

    /// <summary>The edition that waits for its time.</summary>
    public EditionLine? Scheduled => Editions.FirstOrDefault(edition => edition.State == EditionState.Scheduled);

    /// <summary>What the public sees.</summary>
    public EditionLine? Live => Editions.FirstOrDefault(edition => edition.State == EditionState.Live);
}

/// <summary>An edition in the history.</summary>
public sealed record EditionLine(
    Guid Id,
    int Number,
    string Language,
    EditionState State,
    string Title,
    string ContentHash,
    UnpublishingKind? Unpublishing,
    bool Imported,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? PublishAt,
    DateTimeOffset? PublishedAt,
    int Version,
    IReadOnlyList<string> Writers,
    IReadOnlyList<ReviewLine> Reviews);

/// <summary>A review in the history.</summary>
public sealed record ReviewLine(
    ReviewStage Stage, ReviewDecision Decision, string Person, string Unit, string Opinion, DateTimeOffset At, bool Current);

internal sealed class ReadDocumentHistoryHandler(PublishingDbContext db, ISites sites, ICurrentActor current)
    : IRequestHandler<ReadDocumentHistory, Outcome<DocumentHistory>>
{
    public async Task<Outcome<DocumentHistory>> Handle(ReadDocumentHistory request, CancellationToken cancellationToken)
    {
        var document = await db.Documents.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == request.DocumentId, cancellationToken);
        if (document is null || current.Actor is not { } actor || sites.ById(document.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        if (!actor.Knows(site))
        {
            return Failure.OutOfScope;
        }

        var editions = await db.Editions.AsNoTracking()
            .Where(row => row.DocumentId == document.Id)
            .OrderByDescending(row => row.Number)
            .Select(row => new
            {
                row.Id,
                row.Number,
                row.Language,
                row.State,
                row.Title,
                row.ContentHash,
                row.Unpublishing,
                row.ChannelId,
                Imported = row.ImportBatchId != null,
                row.CreatedAt,
                row.UpdatedAt,
                row.PublishAt,
                row.PublishedAt,
                row.Version,
            })
            .ToListAsync(cancellationToken);
        var newest = editions.Find(row => row.State != EditionState.Discarded) ?? editions[0];
        var lineage = await db.Channels.Where(row => row.Id == newest.ChannelId).Select(row => row.Lineage)
            .SingleAsync(cancellationToken);
        if (!actor.Can(Permission.UseConsole, site, lineage))
        {
            return Failure.Forbidden;
        }

        var ids = editions.ConvertAll(row => row.Id);
        var reviews = (await db.Reviews.AsNoTracking().Where(row => ids.Contains(row.EditionId))
            .OrderBy(row => row.At).ToListAsync(cancellationToken)).ToLookup(row => row.EditionId);
        var writers = (await db.EditionEdits.AsNoTracking().Where(row => ids.Contains(row.EditionId))
            .OrderBy(row => row.LastSavedAt).ToListAsync(cancellationToken)).ToLookup(row => row.EditionId);
        var page = await db.Pages.AsNoTracking()
            .Where(row => row.DocumentId == document.Id && row.Language == newest.Language && row.Status != PageStatus.Gone)
            .Select(row => row.Path)
            .SingleOrDefaultAsync(cancellationToken);
        return new DocumentHistory
        {
            DocumentId = document.Id,
            Title = newest.Title,
            Type = document.Type,
            Address = page is null ? null : sites.AddressOf(site, page).AbsoluteUri,
            MayWrite = actor.Can(Permission.WriteDocuments, site, lineage),
            Editions =
            [
                .. editions.Select(row => new EditionLine(
                    row.Id, row.Number, row.Language, row.State, row.Title, row.ContentHash, row.Unpublishing, row.Imported,
                    row.CreatedAt, row.UpdatedAt, row.PublishAt, row.PublishedAt, row.Version,
                    [.. writers[row.Id].Select(edit => edit.PersonName)],
                    [
                        .. reviews[row.Id].Select(review => new ReviewLine(
                            review.Stage, review.Decision, review.PersonName, review.Unit, review.Opinion, review.At,
                            review.ContentHash == row.ContentHash)),
                    ])),
            ],
        };
    }
}
