using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Portal.Shared.Text;

namespace Portal.Publishing.RichText;

/// <summary>
/// Where a text leads: an address of an allowed kind, a document of the platform, or both (the document wins while it
/// exists).
/// </summary>
internal sealed record Link
{
    private const int MaxLength = 2_000;

    private static readonly SearchValues<char> TelCharacters =
        SearchValues.Create("0123456789+-.()*#,;=abcdefghijklmnopqrstuvwxyz");

    private Link(string? href, string? host, Guid? documentId) => (Href, Host, DocumentId) = (href, host, documentId);

    public string? Href { get; }

    /// <summary>The host of an http or https address, in ASCII; otherwise null.</summary>
    public string? Host { get; }

    public Guid? DocumentId { get; }

    public static Link To(Guid documentId) => new(null, null, documentId);

    /// <summary>
    /// Accepts http, https, mailto, tel, /path and #part. Anything a browser could read in another way than we do is
    /// refused: control characters, blanks, backslashes, "//host", user names before the host.
    /// </summary>
    public static bool TryCreate(string? address, [NotNullWhen(true)] out Link? link, Guid? documentId = null)
    {
        link = null;
        var href = RichString.Replace(address ?? "").Trim();
        if (href.Length is 0 or > MaxLength || href.AsSpan().IndexOfAny(Refused) >= 0 || HasInvisible(href))
        {
            return false;
        }

        href = href.Normalised(NormalizationForm.FormC);
        string? host = null;
        var allowed = href[0] switch
        {
            '#' => true,
            '/' => href.Length == 1 || href[1] != '/',
            _ => IsWeb(href, out host) || IsMail(href) || IsTelephone(href),
        };
        if (allowed)
        {
            link = new Link(href, host, documentId);
        }

        return allowed;
    }

    // Browsers read "\" as "/" and skip tabs and line ends inside an address.
    private static readonly SearchValues<char> Refused = SearchValues.Create("\\<>\"`{}|^ \u00a0\u3000");

    private static bool HasInvisible(string href)
    {
        foreach (var character in href)
        {
            if (char.GetUnicodeCategory(character) is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWeb(string href, out string? host)
    {
        host = null;
        var start = href.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
            : href.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
            : 0;
        if (start == 0)
        {
            return false;
        }

        var authority = href.AsSpan(start);
        var end = authority.IndexOfAny('/', '?', '#');
        authority = end < 0 ? authority : authority[..end];
        foreach (var character in authority)
        {
            // No "@" (http://www.example.gov.cn@other.example), no "%", no look-alike full stops, no address literals.
            if (!char.IsLetterOrDigit(character)
                && !char.IsSurrogate(character)
                && character is not ('-' or '.' or ':' or '_'))
            {
                return false;
            }
        }

        if (authority.IsEmpty || !Uri.TryCreate(href, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return false;
        }

        host = uri.IdnHost.ToLowerInvariant();
        return true;
    }

    private static bool IsMail(string href) =>
        href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
        && href.IndexOf('@', StringComparison.Ordinal) > "mailto:".Length
        && !href.Contains("%0", StringComparison.OrdinalIgnoreCase);

    private static bool IsTelephone(string href) =>
        href.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)
        && href.Length > "tel:".Length
        && href.AsSpan("tel:".Length).IndexOfAnyExcept(TelCharacters) < 0;
}
