using Microsoft.AspNetCore.Http;

namespace Portal.Shared.Web;

/// <summary>
/// How a visitor reads: the leading path segments <c>/~large</c>, <c>/~contrast</c> and <c>/~large-contrast</c> choose
/// larger text and stronger contrast. They become the path base, so that every link of the page keeps them, each
/// variant is cached by itself, and no cookie is needed.
/// </summary>
/// <param name="LargeText">Larger text.</param>
/// <param name="HighContrast">Stronger contrast.</param>
public sealed record ReaderMode(bool LargeText, bool HighContrast)
{
    /// <summary>The page as it is.</summary>
    public static ReaderMode Plain { get; } = new(false, false);

    /// <summary>The path segment of this mode with its slash; empty for the plain page.</summary>
    public string Segment => (LargeText, HighContrast) switch
    {
        (true, true) => "/~large-contrast",
        (true, false) => "/~large",
        (false, true) => "/~contrast",
        (false, false) => "",
    };

    /// <summary>The mode of a leading path segment (<c>~large</c>); null when it is none.</summary>
    public static ReaderMode? Parse(ReadOnlySpan<char> segment) => segment switch
    {
        "~large" => new(true, false),
        "~contrast" => new(false, true),
        "~large-contrast" => new(true, true),
        _ => null,
    };

    /// <summary>The mode of a request.</summary>
    public static ReaderMode Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<ReaderMode>() ?? Plain;
    }
}
