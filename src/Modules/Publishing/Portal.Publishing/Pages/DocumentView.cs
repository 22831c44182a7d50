using Portal.Disclosure.Contracts;
using Portal.Publishing.Documents;
using Portal.Shared.Ui;

namespace Portal.Publishing.Pages;

/// <summary>A document's page as the public sees it, read in one row.</summary>
public sealed record DocumentView
{
    public required Guid DocumentId { get; init; }
    public required Guid EditionId { get; init; }
    public required int EditionNumber { get; init; }
    public required string Language { get; init; }
    public required string Path { get; init; }
    public required string Type { get; init; }
    public required PageStatus Status { get; init; }
    public string? Reason { get; init; }
    public string? RedirectTo { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }
    public required string Html { get; init; }
    public required IReadOnlyDictionary<string, string> Fields { get; init; }
    public required string Source { get; init; }
    public required string Author { get; init; }
    public required string[] Keywords { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How the edition came to be public: 三审, in an emergency, or by an approved import.</summary>
    public required Release Release { get; init; }

    /// <summary>When somebody else looked at what was published in an emergency.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>The channels above, top first.</summary>
    public required IReadOnlyList<NavigationEntry> Channels { get; init; }
    public required Guid ChannelId { get; init; }
    public required string ChannelDescription { get; init; }
    public required string[] ChannelKeywords { get; init; }
    public required string ChannelType { get; init; }
    public required IReadOnlyList<NavigationEntry> Navigation { get; init; }
    public required DateTimeOffset? NextChange { get; init; }
    public required IReadOnlyList<FileView> Files { get; init; }
    public FileView? Cover { get; init; }

    /// <summary>What explains this policy, or what this interpretation explains (G-28).</summary>
    public required IReadOnlyList<RelatedView> Related { get; init; }

    /// <summary>The newest of the same channel; for pages that are no official documents.</summary>
    public required IReadOnlyList<RelatedView> Newest { get; init; }
    public required IReadOnlyList<LanguageVersion> Languages { get; init; }

    /// <summary>Its entry in the information directory, when it has one.</summary>
    public DirectoryEntrySummary? Record { get; init; }

    /// <summary>The document that repealed this one, when it is on the platform.</summary>
    public RelatedView? RepealedBy { get; init; }
}

/// <summary>How an edition came to be public.</summary>
public enum Release
{
    /// <summary>After the three reviews.</summary>
    Reviewed,

    /// <summary>In an emergency, with a later second look.</summary>
    Emergency,

    /// <summary>With an import that a named person approved.</summary>
    Imported,
}

/// <summary>A file of a page.</summary>
public sealed record FileView(Guid Id, string Name, string FileName, string MediaType, long Size);

/// <summary>Another page that this one leads to.</summary>
public sealed record RelatedView(Guid Id, Guid SiteId, string Path, string Title, string Type, string? Form, DateTimeOffset At);
