using MediatR;

namespace Portal.Publishing.Contracts;

/// <summary>
/// Asks for what the public gets at the addresses of some documents, also where that is a notice of withdrawal or
/// removal. Documents that were never published are left out.
/// </summary>
/// <param name="Ids">The documents, at most some hundred.</param>
public sealed record GetPublishedDocuments(IReadOnlyList<Guid> Ids) : IRequest<IReadOnlyList<PublishedDocument>>
{
    /// <summary>BCP 47 tag of the language version.</summary>
    public string Language { get; init; } = "zh-CN";

    /// <summary>Also the body, as HTML and as plain text.</summary>
    public bool WithBody { get; init; }
}

/// <summary>A document as the public gets it.</summary>
/// <remarks>Grows only.</remarks>
public sealed record PublishedDocument
{
    /// <summary>The document.</summary>
    public required Guid Id { get; init; }

    /// <summary>The site.</summary>
    public required Guid SiteId { get; init; }

    /// <summary>BCP 47 tag.</summary>
    public required string Language { get; init; }

    /// <summary>Key of the document type.</summary>
    public required string Type { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Summary.</summary>
    public required string Summary { get; init; }

    /// <summary>Path on the site, without leading slash.</summary>
    public required string Path { get; init; }

    /// <summary>Page, Withdrawn, Redirect or Gone.</summary>
    public required string Status { get; init; }

    /// <summary>Why it was withdrawn or removed.</summary>
    public string? Reason { get; init; }

    /// <summary>Values of the type's own fields, by key.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    /// <summary>Keywords.</summary>
    public required IReadOnlyList<string> Keywords { get; init; }

    /// <summary>信息来源.</summary>
    public required string Source { get; init; }

    /// <summary>First publication; for an imported document, elsewhere.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>It came with an import and was published elsewhere before.</summary>
    public bool IsImported { get; init; }

    /// <summary>When the current edition went live.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How often the page changed in public: a consumer ignores a smaller one than it knows.</summary>
    public required int Sequence { get; init; }

    /// <summary>The edition.</summary>
    public required Guid EditionId { get; init; }

    /// <summary>Hash of the content that was reviewed.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The body as safe HTML; null unless asked for.</summary>
    public string? Html { get; init; }

    /// <summary>The body as plain text; null unless asked for.</summary>
    public string? Text { get; init; }

    /// <summary>Attachments, in order.</summary>
    public required IReadOnlyList<PublishedFile> Attachments { get; init; }

    /// <summary>Policies that it interprets.</summary>
    public required IReadOnlyList<Guid> Interprets { get; init; }

    /// <summary>What interprets it, oldest first.</summary>
    public required IReadOnlyList<PublishedInterpretation> Interpretations { get; init; }
}

/// <summary>A file of a published document.</summary>
/// <param name="Name">The name readers see.</param>
/// <param name="Path">Path on the document's site, without leading slash.</param>
/// <param name="MediaType">For example <c>application/pdf</c>.</param>
/// <param name="Size">Bytes.</param>
public sealed record PublishedFile(string Name, string Path, string MediaType, long Size);

/// <summary>A page that interprets a policy.</summary>
/// <param name="Id">The document.</param>
/// <param name="SiteId">Its site.</param>
/// <param name="Path">Path on that site, without leading slash.</param>
/// <param name="Title">Title.</param>
/// <param name="Form">text, chart, interview or expert; null when not stated.</param>
/// <param name="PublishedAt">First publication.</param>
public sealed record PublishedInterpretation(
    Guid Id, Guid SiteId, string Path, string Title, string? Form, DateTimeOffset PublishedAt);
