using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Text;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.LinkDocument;

/// <summary>Answers a topic with a document that a site of the province has published already.</summary>
public sealed record LinkDocument : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageHotTopics;

    public Guid TopicId { get; init; }

    public int Version { get; init; }

    /// <summary>Address of the document's page, of whatever site of the platform.</summary>
    public string Address { get; init; } = "";

    public ResponsePart? Part { get; init; }

    public TopicAnswerKind? Kind { get; init; }
}

internal sealed class LinkDocumentHandler(
    InteractionDbContext db, TopicScope scope, TopicWriter writer, PublicDocuments documents, ISites sites, IPageCache cache,
    IStringLocalizer<TopicDeskText> text, TimeProvider clock) : IRequestHandler<LinkDocument, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(LinkDocument request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.TopicId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, parties) = reached.Value;
        if (writer.Refusal(found.Topic, TopicTrigger.Link, parties) is { } refusal)
        {
            return refusal;
        }

        if (request.Version != found.Topic.Version)
        {
            return Stale();
        }

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

        if (faults.Count > 0)
        {
            return new Failure(FailureKind.Invalid, faults);
        }

        Add(found, request, document!, actor);
        if (await db.TrySaveAsync(cancellationToken, TopicConflicts.Of) is not null)
        {
            return Stale();
        }

        await cache.EvictAsync([.. FollowResponses.TagsOf(sites, found.Topic.SiteId)], cancellationToken);
        return Done.Value;
    }

    private void Add(TopicCase found, LinkDocument request, PublishedDocument document, Actor actor)
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
            // What was public before anybody noticed the topic answers it from when it is named as the answer.
            PublicAt = document.IsImported || document.PublishedAt < found.Topic.NoticedAt ? now : document.PublishedAt,
            AddedAt = now,
        };
        db.TopicResponses.Add(response);
        found.Add(response);
        writer.Note(
            found, TopicTrigger.Link, actor, null, ("document", response.Title), ("part", response.Part.ToString()),
            ("kind", response.Kind.ToString()));
        writer.Settle(found);
    }

    private Failure Stale() => new(FailureKind.Conflict, [new FieldError("", text["Rule.Stale"])]);
}
