using System.Collections.Frozen;

namespace Portal.Publishing.Channels;

/// <summary>Addresses of channels.</summary>
internal static class ChannelPaths
{
    public const int MaximumLevel = 6;
    public const int MaximumPath = 300;

    /// <summary>First segments that the platform itself answers.</summary>
    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
    [
        "accessibility", "api", "assets", "console", "deadlines", "disclosure", "emblems", "error", "error-reports", "feed", "go", "health", "interaction", "leave", "letters",
        "media", "preview", "qr", "robots", "search", "share", "sitemaps", "theme",
        "signin", "signout", "sign-in", "sign-out", "sitemap", "static", "verify",
    ]);

    public static string Under(Channel? parent, string slug) => parent is null ? slug : parent.Path + "/" + slug;

    public static bool IsReserved(Channel? parent, string slug) => parent is null && Reserved.Contains(slug);
}
