using MediatR;

namespace Portal.Audit.Contracts;

/// <summary>Asks where the decisions on some objects lie in the sealed trail. It answers without names of persons.</summary>
/// <param name="ObjectType">What kind of thing: <c>edition</c>.</param>
/// <param name="ObjectIds">Which ones, as their decisions name them; at most 200.</param>
public sealed record GetTrailReceipts(string ObjectType, IReadOnlyList<string> ObjectIds)
    : IRequest<IReadOnlyList<TrailReceipt>>;

/// <summary>A sealed decision on an object.</summary>
public sealed record TrailReceipt
{
    /// <summary>The object.</summary>
    public required string ObjectId { get; init; }

    /// <summary>The decision; <c>/verify?q=</c> shows its proof.</summary>
    public required Guid DecisionId { get; init; }

    /// <summary>What was decided: <c>publishing.edition.first-reviewed</c>.</summary>
    public required string Action { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The office that decided.</summary>
    public string? Unit { get; init; }

    /// <summary>Hash of the content that was decided on.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Its place in the trail, from 0.</summary>
    public required long Index { get; init; }
}
