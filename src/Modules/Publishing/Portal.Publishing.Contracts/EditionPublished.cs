using MediatR;

namespace Portal.Publishing.Contracts;

/// <summary>An edition became what the public sees at its address.</summary>
/// <remarks>Grows only. <c>Sequence</c> orders what the public saw: a consumer ignores a smaller one than it knows.</remarks>
public sealed record EditionPublished : INotification
{
    /// <summary>Identity of the fact.</summary>
    public required Guid Id { get; init; }

    /// <summary>When the edition went live (UTC).</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Who released it; null for a schedule that fell due or an import.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The site.</summary>
    public required Guid SiteId { get; init; }

    /// <summary>The document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>BCP 47 tag.</summary>
    public required string Language { get; init; }

    /// <summary>The edition.</summary>
    public required Guid EditionId { get; init; }

    /// <summary>Its number within document and language.</summary>
    public required int Number { get; init; }

    /// <summary>How often the document's page changed in public, this time included.</summary>
    public required int Sequence { get; init; }

    /// <summary>The channel and every channel above it, top first.</summary>
    public required IReadOnlyList<Guid> Lineage { get; init; }

    /// <summary>The former channels, when it moved.</summary>
    public IReadOnlyList<Guid> FormerLineage { get; init; } = [];

    /// <summary>Path on the site, without leading slash.</summary>
    public required string Path { get; init; }

    /// <summary>The former path, when it moved.</summary>
    public string? FormerPath { get; init; }

    /// <summary>Key of the document type.</summary>
    public required string Type { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Policies it interprets, and those it interpreted before.</summary>
    public IReadOnlyList<Guid> Interprets { get; init; } = [];

    /// <summary>Hash of the content that was reviewed.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Page, Withdrawn, Redirect or Gone.</summary>
    public required string Status { get; init; }
}
