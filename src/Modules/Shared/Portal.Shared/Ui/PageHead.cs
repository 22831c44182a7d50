namespace Portal.Shared.Ui;

/// <summary>What a public page says about itself in its head (requirements 2.4, canonical address, Open Graph).</summary>
public sealed record PageHead
{
    /// <summary>The page's own title, without the site's name; empty for the home page.</summary>
    public required string Title { get; init; }

    /// <summary>The plain path on the site, without leading slash: the canonical address, whatever the reading mode.</summary>
    public required string Path { get; init; }

    /// <summary>The part of the query that makes a page of its own, with its question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>The document that the page is, and the edition of it: reports of errors carry them.</summary>
    public PageDocument? Document { get; init; }

    /// <summary>One or two sentences for search engines and shared links.</summary>
    public string? Description { get; init; }

    /// <summary>Keeps the page out of search engines.</summary>
    public bool NoIndex { get; init; }

    /// <summary>BCP 47 tag of the page.</summary>
    public string Language { get; init; } = "zh-CN";

    /// <summary>Page tags 网页标签 beside those of the site: names exactly as the annex writes them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Open Graph type: <c>website</c> or <c>article</c>.</summary>
    public string Kind { get; init; } = "website";

    /// <summary>Path of a picture for shared links, without leading slash.</summary>
    public string? Image { get; init; }

    /// <summary>schema.org data as JSON, already safe inside a script element (<see cref="StructuredData"/>).</summary>
    public string? StructuredData { get; init; }

    /// <summary>Feeds of the page.</summary>
    public IReadOnlyList<FeedLink> Feeds { get; init; } = [];

    /// <summary>The page in other languages.</summary>
    public IReadOnlyList<LanguageVersion> Languages { get; init; } = [];

    /// <summary>
    /// Adds the site's script: it reads aloud, copies the address, counts what is typed, works for a turn. The page works without.
    /// </summary>
    public bool Enhanced { get; init; }

    /// <summary>Seconds after which the page loads itself anew where no script runs; it then offers a way to stop that.</summary>
    public int? RefreshSeconds { get; init; }
}

/// <summary>The document of a page.</summary>
/// <param name="Id">The document.</param>
/// <param name="EditionId">The edition that the page shows.</param>
public sealed record PageDocument(Guid Id, Guid EditionId);

/// <summary>A feed of a page.</summary>
/// <param name="Path">Path on the site, without leading slash.</param>
/// <param name="MediaType">For example <c>application/atom+xml</c>.</param>
/// <param name="Title">What it follows.</param>
public sealed record FeedLink(string Path, string MediaType, string Title);

/// <summary>The same page in another language.</summary>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Path">Path on the site, without leading slash.</param>
public sealed record LanguageVersion(string Language, string Path);
