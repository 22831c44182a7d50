namespace Portal.Publishing.RichText;

/// <summary>Where a media item is served; the size in pixels keeps the page from jumping while pictures load.</summary>
internal sealed record MediaSource(string Url, int Width = 0, int Height = 0);

/// <summary>
/// What the renderer has to ask about the page that it renders for. Nothing found: the text stays, the link goes.
/// </summary>
internal sealed record RenderContext
{
    public static RenderContext Bare { get; } = new();

    public Func<Guid, string?> DocumentUrl { get; init; } = static _ => null;

    public Func<Guid, MediaSource?> Media { get; init; } = static _ => null;

    /// <summary>W-15: a host outside the allow-list is reached through the notice page.</summary>
    public Func<string, bool> NeedsNotice { get; init; } = static _ => false;

    public string NoticePage { get; init; } = "/leave?url=";

    /// <summary>Names the scrolling region of a table that has no caption.</summary>
    public string TableLabel { get; init; } = "";

    public string HeadingIdPrefix { get; init; } = "s-";
}
