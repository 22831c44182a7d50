using Portal.Shared.Sites;

namespace Portal.Shared.Ui;

/// <summary>A site's theme is data: one style sheet that sets its main colour (W-01).</summary>
public static class SiteTheme
{
    /// <summary>The address of a site's theme sheet; it changes with the colour, so it may be kept for a year.</summary>
    public static string PathOf(SiteInfo site)
    {
        ArgumentNullException.ThrowIfNull(site);
        return string.Concat("/theme/", site.Accent.AsSpan().TrimStart('#'), ".css");
    }

    /// <summary>The sheet for a colour; null when <paramref name="colour"/> is not six hexadecimal digits.</summary>
    public static string? SheetOf(string colour)
    {
        ArgumentNullException.ThrowIfNull(colour);
        return colour.Length == 6 && colour.All(char.IsAsciiHexDigit)
            ? $":root{{--p-accent:#{colour}}}"
            : null;
    }
}
