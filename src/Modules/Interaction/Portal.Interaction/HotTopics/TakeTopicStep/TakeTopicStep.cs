using MediatR;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.TakeTopicStep;

/// <summary>Takes a step of a topic: one handler for all that <see cref="TopicFlow"/> lists and that need no page of their own.</summary>
public sealed record TakeTopicStep(Guid TopicId, TopicInput Input) : IRequest<Outcome<TopicTrigger>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageHotTopics;
}

internal sealed class TakeTopicStepHandler(
    InteractionDbContext db, TopicScope scope, TopicWriter writer, ISites sites, IPageCache cache)
    : IRequestHandler<TakeTopicStep, Outcome<TopicTrigger>>
{
    // These have forms of their own, which name what they are about.
    private static readonly TopicTrigger[] Elsewhere =
        [TopicTrigger.Join, TopicTrigger.Retract, TopicTrigger.Link, TopicTrigger.Confirm, TopicTrigger.Unlink, TopicTrigger.Submit];

    public async Task<Outcome<TopicTrigger>> Handle(TakeTopicStep request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.TopicId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, parties) = reached.Value;
        var input = request.Input;
        var lines = TopicFlow.Lines.Where(line => line.Trigger == input.Trigger).ToList();
        if (lines.Count == 0 || Elsewhere.Contains(input.Trigger))
        {
            return Failure.NotFound;
        }

        // Who may never do it is told so before anything about the topic.
        if (!lines.Exists(line => line.Allows(parties)))
        {
            return Failure.Forbidden with { About = new FailureObject("hot-topic", found.Topic.Id.ToString(), found.Topic.Number) };
        }

        if (input.Version != found.Topic.Version)
        {
            return writer.Conflict("Rule.Stale");
        }

        var taken = await writer.TakeAsync(found, input, parties, actor, cancellationToken);
        if (!taken.Succeeded)
        {
            return taken.Failure;
        }

        if (await db.TrySaveAsync(cancellationToken, TopicConflicts.Of) is not null)
        {
            return writer.Conflict("Rule.Stale");
        }

        await cache.EvictAsync([.. FollowResponses.TagsOf(sites, found.Topic.SiteId)], cancellationToken);
        return input.Trigger;
    }
}
