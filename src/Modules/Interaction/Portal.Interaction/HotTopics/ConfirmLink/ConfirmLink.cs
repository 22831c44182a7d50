using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.ConfirmLink;

/// <summary>A second person says that a document answers a topic: from here on the public has it, and the clock stops.</summary>
public sealed record ConfirmLink(Guid TopicId, int Version, Guid? ResponseId) : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageHotTopics;
}

internal sealed class ConfirmLinkHandler(
    InteractionDbContext db, TopicScope scope, TopicWriter writer, ISender sender, ISites sites, IPageCache cache,
    IStringLocalizer<TopicDeskText> text, TimeProvider clock) : IRequestHandler<ConfirmLink, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(ConfirmLink request, CancellationToken cancellationToken)
    {
        var reached = await scope.ForStepAsync(request.TopicId, TopicTrigger.Confirm, request.Version, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, _) = reached.Value;

        if (found.Responses.FirstOrDefault(row => row.Id == request.ResponseId && row.IsPending) is not { DocumentId: { } id } response)
        {
            return Failure.Invalid(nameof(request.ResponseId), text["Fault.Pending"]);
        }

        // Two people for what the public reads, as everywhere.
        if (response.AddedBy == actor.Id)
        {
            return writer.Conflict("Rule.OwnLink");
        }

        if (await sender.Send(new GetPublishedDocuments([id]), cancellationToken) is not [{ Status: "Page" } document, ..])
        {
            return Failure.Invalid(nameof(request.ResponseId), text["Fault.DocumentGone"]);
        }

        response.Confirm(document, actor, found.Topic.NoticedAt, clock.GetUtcNow());
        writer.Note(
            found, TopicTrigger.Confirm, actor, null, ("document", response.Title), ("part", response.Part.ToString()),
            ("kind", response.Kind.ToString()), ("rumour", response.Rumour ?? ""));
        writer.Settle(found);
        if (await db.TrySaveAsync(cancellationToken, TopicConflicts.Of) is not null)
        {
            return writer.Conflict("Rule.Stale");
        }

        await cache.EvictAsync([.. FollowResponses.TagsOf(sites, found.Topic.SiteId)], cancellationToken);
        return Done.Value;
    }
}
