namespace Portal.Interaction.HotTopics;

/// <summary>What is filled in for a step; which of it counts depends on the step.</summary>
public sealed record TopicInput
{
    public TopicTrigger Trigger { get; init; }

    /// <summary>The version of the topic the person saw.</summary>
    public int Version { get; init; }

    /// <summary>Remark, reason, or the effect note.</summary>
    public string Note { get; init; } = "";

    public TopicSeverity? Severity { get; init; }

    public TopicNeed? Need { get; init; }

    /// <summary>The responsible unit, as its site.</summary>
    public Guid? UnitSiteId { get; init; }

    /// <summary>The number of the topic it is merged into.</summary>
    public string Into { get; init; } = "";
}
