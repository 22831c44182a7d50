using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Text;

namespace Portal.Interaction.HotTopics.LinkDocument;

/// <summary>
/// Names a document that a site of the province has published already as the answer to a topic: first shown as the public
/// will have it, then laid before a second person.
/// </summary>
public sealed record LinkDocument : IRequest<Outcome<LinkPreview>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageHotTopics;

    public Guid TopicId { get; init; }

    public int Version { get; init; }

    /// <summary>Address of the document's page, of whatever site of the platform.</summary>
    public string Address { get; init; } = "";

    public ResponsePart? Part { get; init; }

    public TopicAnswerKind? Kind { get; init; }

    /// <summary>Which rumour it rebuts; the public reads it.</summary>
    public string Rumour { get; init; } = "";

    /// <summary>The preview was seen, and this is the document; else it is only shown.</summary>
    public bool Sure { get; init; }
}

/// <summary>What would be public.</summary>
/// <param name="Title">The document's title.</param>
/// <param name="Summary">Its summary.</param>
/// <param name="SiteName">The site that published it.</param>
/// <param name="Address">Its page.</param>
/// <param name="PublicAt">When it became public.</param>
/// <param name="IsEarlier">Was that before anybody noticed the topic?</param>
public sealed record LinkPreview(
    string Title, string Summary, string SiteName, string Address, DateTimeOffset PublicAt, bool IsEarlier);

internal sealed class LinkDocumentHandler(
    InteractionDbContext db, TopicScope scope, TopicWriter writer, PublicDocuments documents, ISites sites,
    IStringLocalizer<TopicDeskText> text, TimeProvider clock) : IRequestHandler<LinkDocument, Outcome<LinkPreview>>
{
    private const int ShortestRumour = 5;

    public async Task<Outcome<LinkPreview>> Handle(LinkDocument request, CancellationToken cancellationToken)
    {
        var reached = await scope.ForStepAsync(request.TopicId, TopicTrigger.Link, request.Version, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, _) = reached.Value;

        List<FieldError> faults = [];
        if (request.Part is null)
        {
            faults.Add(new FieldError(nameof(request.Part), text["Fault.Part"]));
        }

        if (request.Kind is null)
        {
            faults.Add(new FieldError(nameof(request.Kind), text["Fault.Kind"]));
        }

        var document = await documents.FindAsync(request.Address, cancellationToken);
        if (document is null)
        {
            faults.Add(new FieldError(nameof(request.Address), text["Fault.Document"]));
        }
        else if (found.Responses.Any(row => row.DocumentId == document.Id && row.Part == request.Part))
        {
            faults.Add(new FieldError(nameof(request.Address), text["Fault.DocumentTwice"]));
        }

        var rumour = request.Kind == TopicAnswerKind.Rebuttal ? PublicText.Line(request.Rumour) : "";
        if (request is { Sure: true, Kind: TopicAnswerKind.Rebuttal }
            && (rumour.Length < ShortestRumour || !PublicText.Fits(rumour, TopicResponseConfiguration.LongestRumour)))
        {
            faults.Add(new FieldError(
                nameof(request.Rumour), text["Fault.Rumour", ShortestRumour, TopicResponseConfiguration.LongestRumour]));
        }

        if (faults.Count > 0)
        {
            return new Failure(FailureKind.Invalid, faults);
        }

        var preview = PreviewOf(found.Topic, document!);
        if (!request.Sure)
        {
            return preview;
        }

        Add(found, request, document!, rumour.Length > 0 ? Masking.InText(rumour) : null, actor);
        if (await db.TrySaveAsync(cancellationToken, TopicConflicts.Of) is not null)
        {
            return writer.Conflict("Rule.Stale");
        }

        return preview;
    }

    private LinkPreview PreviewOf(HotTopic topic, PublishedDocument document)
    {
        var site = sites.ById(document.SiteId);
        return new LinkPreview(
            document.Title, document.Summary, site?.Name ?? "",
            site is null ? "" : sites.AddressOf(site, document.Path).AbsoluteUri, document.PublishedAt,
            document.IsImported || document.PublishedAt < topic.NoticedAt);
    }

    private void Add(TopicCase found, LinkDocument request, PublishedDocument document, string? rumour, Actor actor)
    {
        var now = clock.GetUtcNow();
        var response = new TopicResponse
        {
            Id = Guid.CreateVersion7(now),
            TopicId = found.Topic.Id,
            Part = request.Part!.Value,
            Kind = request.Kind!.Value,
            DocumentId = document.Id,
            DocumentSiteId = document.SiteId,
            Path = document.Path,
            Title = document.Title.CutTo(200),
            Summary = document.Summary.CutTo(1000),
            DocumentPublicAt = document.PublishedAt,
            Rumour = rumour,
            AddedAt = now,
            AddedBy = actor.Id,
            AddedByName = actor.Name,
        };
        db.TopicResponses.Add(response);
        found.Add(response);
        writer.Note(
            found, TopicTrigger.Link, actor, null, ("document", response.Title), ("part", response.Part.ToString()),
            ("kind", response.Kind.ToString()), ("rumour", rumour ?? ""));
    }
}
