using Microsoft.AspNetCore.Http;
using Portal.Shared.Sites;

namespace Portal.Shared.Feeds;

/// <summary>A public list of a site for feed readers.</summary>
/// <param name="Path">Where its feeds stand on the site, as <c>feed.xml</c> and <c>feed.json</c>.</param>
/// <param name="Title">The list's title, without the site's name.</param>
/// <param name="Entries">The newest first.</param>
public sealed record Feed(string Path, string Title, IReadOnlyList<FeedEntry> Entries)
{
    /// <summary>The page of the list, where it is not the feeds' own folder.</summary>
    public string Page { get; init; } = Path;

    /// <summary>What the list holds; empty when its title says it.</summary>
    public string Description { get; init; } = "";

    internal DateTimeOffset UpdatedAt => Entries.Select(entry => entry.UpdatedAt).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max();

    /// <summary>As Atom (RFC 4287).</summary>
    public IResult Atom(SiteInfo site, ISites sites) =>
        Results.Bytes(AtomFeed.Write(this, site, sites), "application/atom+xml; charset=utf-8");

    /// <summary>As JSON Feed 1.1.</summary>
    public IResult Json(SiteInfo site, ISites sites) =>
        Results.Bytes(JsonFeed.Write(this, site, sites), "application/feed+json; charset=utf-8");
}

/// <summary>An entry of a feed.</summary>
/// <param name="Id">Its lasting identity.</param>
/// <param name="Path">Its page on the site.</param>
/// <param name="Title">Its title.</param>
/// <param name="UpdatedAt">When what it says last changed.</param>
public sealed record FeedEntry(Guid Id, string Path, string Title, DateTimeOffset UpdatedAt)
{
    /// <summary>When it became public, where that differs from its last change.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Who answers for it; empty: the site's organisation.</summary>
    public string Author { get; init; } = "";

    /// <summary>What it says in short; empty when its title says it.</summary>
    public string Summary { get; init; } = "";
}
