using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Interaction.HotTopics;

/// <summary>A topic that the person may reach, and what they may do to it.</summary>
internal sealed record ReachedTopic(TopicCase Case, Actor Actor, SiteInfo Site, TopicParty Parties);

/// <summary>Finds a topic within the person's grants: as the desk of its site, or as the unit that is responsible.</summary>
internal sealed class TopicScope(TopicWriter writer, ISites sites, ICurrentActor current)
{
    public async Task<Outcome<ReachedTopic>> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor
            || await writer.FindAsync(id, cancellationToken) is not { } found
            || sites.ById(found.Topic.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        var parties = actor.Can(Permission.ManageHotTopics, site) ? TopicParty.Desk : TopicParty.None;
        if (found.Topic.UnitSiteId is { } unitId && sites.ById(unitId) is { } unit && actor.Can(Permission.ManageHotTopics, unit))
        {
            parties |= TopicParty.Unit;
        }

        return parties == TopicParty.None
            ? Failure.OutOfScope with { About = new FailureObject("hot-topic", id.ToString(), found.Topic.Number) }
            : new ReachedTopic(found, actor, site, parties);
    }

    /// <summary>The topic for a step that the person may take now; with a version, if nothing has happened to it since.</summary>
    public async Task<Outcome<ReachedTopic>> ForStepAsync(
        Guid id, TopicTrigger trigger, int? version, CancellationToken cancellationToken)
    {
        var reached = await FindAsync(id, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached;
        }

        var topic = reached.Value.Case.Topic;
        return writer.Refusal(topic, trigger, reached.Value.Parties) is { } refusal ? refusal
            : version is { } seen && seen != topic.Version ? writer.Conflict("Rule.Stale")
            : reached;
    }
}
