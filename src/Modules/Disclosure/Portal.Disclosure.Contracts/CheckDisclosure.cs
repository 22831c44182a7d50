using MediatR;

namespace Portal.Disclosure.Contracts;

/// <summary>
/// Asks whether a document may be released as far as its disclosure metadata is concerned (Opinion art. 2: 先审查后公开).
/// Asked before 审发, and shown to reviewers before that.
/// </summary>
public sealed record CheckDisclosure : IRequest<DisclosureCheck>
{
    /// <summary>The document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>Its site.</summary>
    public required Guid SiteId { get; init; }

    /// <summary>Key of the document type.</summary>
    public required string Type { get; init; }

    /// <summary>Title of the edition that is to go live.</summary>
    public required string Title { get; init; }

    /// <summary>Its summary.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Values of the type's own fields, by key.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    /// <summary>Keywords.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>信息来源.</summary>
    public string Source { get; init; } = "";

    /// <summary>Hash of the content under review.</summary>
    public required string ContentHash { get; init; }
}

/// <summary>What stands in the way of a release.</summary>
/// <param name="Applies">The document is of a type that enters the directory.</param>
/// <param name="Problems">What is missing or wrong; none: it may be released.</param>
/// <param name="Path">Where staff complete and confirm the metadata; null when the document does not enter the directory.</param>
public sealed record DisclosureCheck(bool Applies, IReadOnlyList<DisclosureProblem> Problems, string? Path);

/// <summary>A problem of one metadata element.</summary>
/// <param name="Field">Key of the element; empty for the record as a whole.</param>
/// <param name="Message">What is wrong and what to do, in Chinese.</param>
public sealed record DisclosureProblem(string Field, string Message);
