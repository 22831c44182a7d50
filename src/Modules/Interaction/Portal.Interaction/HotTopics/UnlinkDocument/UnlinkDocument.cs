using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.UnlinkDocument;

/// <summary>Takes back that a document answers a topic: it was named by mistake.</summary>
public sealed record UnlinkDocument(Guid TopicId, int Version, Guid? ResponseId, string Note) : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageHotTopics;
}

internal sealed class UnlinkDocumentHandler(
    InteractionDbContext db, TopicScope scope, TopicWriter writer, ISites sites, IPageCache cache, IStringLocalizer<TopicDeskText> text)
    : IRequestHandler<UnlinkDocument, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(UnlinkDocument request, CancellationToken cancellationToken)
    {
        var reached = await scope.ForStepAsync(request.TopicId, TopicTrigger.Unlink, request.Version, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, _) = reached.Value;

        var input = new TopicInput { Trigger = TopicTrigger.Unlink, Note = PublicText.Paragraphs(request.Note) };
        var response = found.Responses.FirstOrDefault(row => row.Id == request.ResponseId && row.IsLink);
        List<FieldError> faults = [.. TopicRules.Faults(found.Topic, input, key => text[key])];
        if (response is null)
        {
            faults.Add(new FieldError(nameof(request.ResponseId), text["Fault.Response"]));
        }

        if (faults.Count > 0)
        {
            return new Failure(FailureKind.Invalid, faults);
        }

        db.TopicResponses.Remove(response!);
        found.Remove(response!);
        writer.Note(found, TopicTrigger.Unlink, actor, input.Note, ("document", response!.Title), ("part", response.Part.ToString()));
        writer.Settle(found);
        if (await db.TrySaveAsync(cancellationToken, TopicConflicts.Of) is not null)
        {
            return writer.Conflict("Rule.Stale");
        }

        await cache.EvictAsync([.. FollowResponses.TagsOf(sites, found.Topic.SiteId)], cancellationToken);
        return Done.Value;
    }
}
