using MediatR;

namespace Portal.Shared.Decisions;

/// <summary>
/// A decision of a person, for the sealed trail (Opinion art. 12: 谁审查谁负责, 登记备案). Every module and the host tell it
/// in the transaction of the change; Audit seals it.
/// </summary>
/// <remarks>Grows only: a sealed entry is the canonical form of this record. It carries no personal data of the public.</remarks>
public sealed record DecisionTaken : INotification
{
    /// <summary>Identity of the decision.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it was taken (UTC).</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>What was decided: <c>publishing.edition.submitted</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Who decided; null for the platform itself (a schedule that fell due) or an unknown person.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The name as it stood then.</summary>
    public required string ActorName { get; init; }

    /// <summary>The person's organisation as it stood then.</summary>
    public string? ActorUnit { get; init; }

    /// <summary>The site it concerns, if one.</summary>
    public Guid? SiteId { get; init; }

    /// <summary>What kind of thing it concerns: <c>document</c>, <c>site</c>, <c>staff</c>.</summary>
    public required string ObjectType { get; init; }

    /// <summary>Which one.</summary>
    public required string ObjectId { get; init; }

    /// <summary>Its title or name as it stood then.</summary>
    public string? ObjectTitle { get; init; }

    /// <summary>The opinion or reason given.</summary>
    public string? Opinion { get; init; }

    /// <summary>Hash of the content that was decided on, where there is one.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Further facts, few and short: stage, edition number, old and new value.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new SortedDictionary<string, string>();
}
