using MediatR;

namespace Portal.Publishing.Contracts;

/// <summary>
/// Asks for what documents are about to say: the edition that is being written, reviewed or waits for its time, else the
/// live one. For staff only; the asking module looks after who may see it. Unknown documents are left out.
/// </summary>
/// <param name="Ids">The documents.</param>
public sealed record GetEditedDocuments(IReadOnlyList<Guid> Ids) : IRequest<IReadOnlyList<EditedDocument>>;

/// <summary>A document as its newest edition has it.</summary>
/// <remarks>Grows only.</remarks>
public sealed record EditedDocument
{
    /// <summary>The document.</summary>
    public required Guid Id { get; init; }

    /// <summary>The site.</summary>
    public required Guid SiteId { get; init; }

    /// <summary>The channel and every channel above it, top first.</summary>
    public required IReadOnlyList<Guid> Lineage { get; init; }

    /// <summary>Key of the document type.</summary>
    public required string Type { get; init; }

    /// <summary>The edition.</summary>
    public required Guid EditionId { get; init; }

    /// <summary>Its state: Draft, Returned, AwaitingFirstReview and so on.</summary>
    public required string State { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Summary.</summary>
    public required string Summary { get; init; }

    /// <summary>Values of the type's own fields, by key.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    /// <summary>Keywords.</summary>
    public required IReadOnlyList<string> Keywords { get; init; }

    /// <summary>信息来源.</summary>
    public required string Source { get; init; }

    /// <summary>Hash of the content.</summary>
    public required string ContentHash { get; init; }
}
