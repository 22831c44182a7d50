using Portal.Shared.Outcomes;

namespace Portal.Interaction.HotTopics.ReadTopic;

/// <summary>The forms of a topic's page as they were filled in, and what is wrong.</summary>
public sealed record TopicForms
{
    /// <summary>What was just done.</summary>
    public string? Done { get; init; }

    /// <summary>The step whose form is open.</summary>
    public TopicTrigger? Act { get; init; }

    public TopicInput? Step { get; init; }

    public LinkDocument.LinkDocument? Link { get; init; }

    /// <summary>The document that would answer it, as the public would have it; it waits for a yes.</summary>
    public LinkDocument.LinkPreview? Preview { get; init; }

    public UnlinkDocument.UnlinkDocument? Unlink { get; init; }

    public SourceForm? Source { get; init; }

    public RetractSource.RetractSource? Retract { get; init; }

    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>Another place where a topic was noticed, as it was typed.</summary>
public sealed record SourceForm(string NoticedAt, string Reference, string Note, bool Sure);
