using MediatR;

namespace Portal.Audit.Contracts;

/// <summary>
/// Asks for the proof that a decision on some content is in the sealed trail; null when no such decision was sealed. It answers
/// without names of persons.
/// </summary>
/// <param name="ObjectType">What kind of thing: <c>letter</c>.</param>
/// <param name="ContentHash">Hash of the content that was decided on, lower-case hex.</param>
public sealed record GetTrailProof(string ObjectType, string ContentHash) : IRequest<TrailProof?>;

/// <summary>A sealed decision with what proves that it is in the trail.</summary>
public sealed record TrailProof
{
    /// <summary>The object.</summary>
    public required string ObjectId { get; init; }

    /// <summary>Its title then.</summary>
    public string? ObjectTitle { get; init; }

    /// <summary>The decision.</summary>
    public required Guid DecisionId { get; init; }

    /// <summary>What was decided.</summary>
    public required string Action { get; init; }

    /// <summary>When it was taken (UTC).</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When it was sealed (UTC).</summary>
    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>Hash of the content that was decided on.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Its place in the trail, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>The hash of the entry (RFC 9162 leaf), lower-case hex.</summary>
    public required string LeafHash { get; init; }

    /// <summary>Does the entry still say what was hashed and sealed?</summary>
    public required bool EntryHolds { get; init; }

    /// <summary>When a checkpoint will cover it at the latest, if the platform runs (UTC); null once one does.</summary>
    public DateTimeOffset? CoveredBy { get; init; }

    /// <summary>The proof; null until a checkpoint covers the entry.</summary>
    public TrailInclusion? Inclusion { get; init; }
}

/// <summary>That an entry is among those a signed checkpoint covers (RFC 9162 inclusion proof).</summary>
public sealed record TrailInclusion
{
    /// <summary>Entries that the checkpoint covers.</summary>
    public required long Size { get; init; }

    /// <summary>Their root, lower-case hex.</summary>
    public required string RootHash { get; init; }

    /// <summary>When the checkpoint was signed (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The checkpoint's signed note.</summary>
    public required string Note { get; init; }

    /// <summary>The sibling hashes from the leaf up, lower-case hex.</summary>
    public required IReadOnlyList<string> Path { get; init; }

    /// <summary>Does the path lead from the entry to the root, and is that root signed?</summary>
    public required bool Holds { get; init; }
}
