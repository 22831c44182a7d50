using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Interaction.HotTopics.ReadResponse;

/// <summary>What the public has of a topic, by its number; once all of it was withdrawn, that it was.</summary>
public sealed record ReadResponse(string Number) : IRequest<Outcome<ResponsePage>>, IPublicRequest;

/// <summary>A topic as everybody sees it: made of nothing but what went through the reviews, and the dates.</summary>
public sealed record ResponsePage
{
    public required string Number { get; init; }

    /// <summary>Empty once everything was withdrawn.</summary>
    public string Title { get; init; } = "";

    public string Summary { get; init; } = "";

    public TopicAnswerKind? Kind { get; init; }

    public required string UnitName { get; init; }

    public required DateTimeOffset NoticedAt { get; init; }

    public DateTimeOffset? PublicAt { get; init; }

    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>What was written for it: the statement first.</summary>
    public IReadOnlyList<WrittenPart> Parts { get; init; } = [];

    /// <summary>Documents that answer it.</summary>
    public IReadOnlyList<LinkedPart> Links { get; init; } = [];
}

/// <summary>A statement or rebuttal as it was reviewed.</summary>
public sealed record WrittenPart(
    ResponsePart Part, TopicAnswerKind Kind, WrittenResponse Written, IReadOnlyList<PolicyPage> Policies, string Address, DateTimeOffset PublicAt);

/// <summary>A document that answers the topic; the address of one of the site itself begins with a slash.</summary>
public sealed record LinkedPart(ResponsePart Part, string Title, string Summary, string Address, DateTimeOffset PublicAt)
{
    /// <summary>Which rumour it rebuts; null: it rebuts none.</summary>
    public string? Rumour { get; init; }

    /// <summary>When the document was public, where that was before it answered the topic.</summary>
    public DateTimeOffset? EarlierAt { get; init; }
}

/// <summary>A document that a statement refers to.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Address">Its page; null once the public has it no more.</param>
public sealed record PolicyPage(string Title, string? Address);

internal sealed class ReadResponseHandler(InteractionDbContext db, ICurrentSite current, ISites sites, ISender sender)
    : IRequestHandler<ReadResponse, Outcome<ResponsePage>>
{
    public async Task<Outcome<ResponsePage>> Handle(ReadResponse request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site || !TopicNumber.IsValid(request.Number))
        {
            return Failure.NotFound;
        }

        var topic = await db.HotTopics.AsNoTracking().SingleOrDefaultAsync(
            row => row.SiteId == site.Id && row.Number == request.Number && (row.PublicAt != null || row.GoneAt != null), cancellationToken);
        if (topic is null)
        {
            return Failure.NotFound;
        }

        var page = new ResponsePage
        {
            Number = topic.Number,
            UnitName = topic.UnitName ?? site.OrganisationName,
            NoticedAt = topic.NoticedAt,
            PublicAt = topic.PublicAt,
            GoneAt = topic.PublicAt is null ? topic.GoneAt : null,
        };
        return topic.PublicAt is null ? page : page with
        {
            Title = topic.PublicTitle!,
            Summary = topic.PublicSummary!,
            Kind = topic.PublicKind,
            Parts = await PartsAsync(topic.Id, cancellationToken),
            Links = await LinksAsync(topic.Id, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<WrittenPart>> PartsAsync(Guid topicId, CancellationToken cancellationToken)
    {
        var rows = await db.TopicResponses.AsNoTracking()
            .Where(row => row.TopicId == topicId && row.Written != null && row.PublicAt != null)
            .Join(db.AnnouncedDocuments, row => row.DocumentId, document => document.Id, (row, document) => new { row, document })
            .Join(db.Announcements, pair => pair.document.PublishedId, announcement => announcement.Id, (pair, announcement) => new
            {
                PublicAt = pair.row.PublicAt!.Value,
                pair.document.SiteId,
                pair.document.Path,
                announcement.Content,
            })
            .ToListAsync(cancellationToken);
        var reviewed = rows.ConvertAll(row => (Row: row, Content: TopicPapers.Read(row.Content)));
        Guid[] policies = [.. reviewed.SelectMany(part => part.Content.Written.Policies).Select(policy => policy.DocumentId).Distinct()];
        var open = policies.Length == 0 ? []
            : (await sender.Send(new GetPublishedDocuments(policies), cancellationToken)).Where(document => document.Status == "Page").ToList();
        return
        [
            .. reviewed.OrderBy(part => part.Content.Part).Select(part => new WrittenPart(
                part.Content.Part, part.Content.Kind, part.Content.Written,
                [
                    .. part.Content.Written.Policies.Select(policy => new PolicyPage(
                        policy.Title,
                        open.FirstOrDefault(document => document.Id == policy.DocumentId) is { } document
                            ? AddressOf(document.SiteId, document.Path)
                            : null)),
                ],
                AddressOf(part.Row.SiteId, part.Row.Path ?? "") ?? "", part.Row.PublicAt)),
        ];
    }

    private async Task<IReadOnlyList<LinkedPart>> LinksAsync(Guid topicId, CancellationToken cancellationToken)
    {
        var rows = await db.TopicResponses.AsNoTracking()
            .Where(row => row.TopicId == topicId && row.Written == null && row.PublicAt != null)
            .OrderBy(row => row.PublicAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        return
        [
            .. rows.OrderBy(row => row.Part).Select(row => new LinkedPart(
                row.Part, row.Title, row.Summary, AddressOf(row.DocumentSiteId, row.Path ?? "") ?? "", row.PublicAt!.Value)
            {
                Rumour = row.Rumour,
                EarlierAt = row.DocumentPublicAt < row.PublicAt ? row.DocumentPublicAt : null,
            }),
        ];
    }

    // Of the site itself without its name, so that the reading mode stays.
    private string? AddressOf(Guid siteId, string path) =>
        siteId == current.Site?.Id ? "/" + path
        : sites.ById(siteId) is { } site ? sites.AddressOf(site, path).AbsoluteUri
        : null;
}
