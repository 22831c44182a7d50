using MediatR;

namespace Portal.Publishing.Contracts;

/// <summary>
/// What a document on its way says of its forming changed: when it was written, issued, or when the activity it reports
/// ended; or the draft that said so was discarded. Whoever keeps a clock on its publication asks what it says now
/// (<see cref="GetEditedDocuments"/>).
/// </summary>
/// <remarks>Grows only.</remarks>
public sealed record DocumentFormed : INotification
{
    /// <summary>Identity of the fact.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it was said (UTC).</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Who said it.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The site.</summary>
    public required Guid SiteId { get; init; }

    /// <summary>The document.</summary>
    public required Guid DocumentId { get; init; }
}
