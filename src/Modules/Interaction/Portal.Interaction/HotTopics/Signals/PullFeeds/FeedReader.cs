using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml;
using Portal.Shared.Outbound;
using Portal.Shared.Submissions;

namespace Portal.Interaction.HotTopics.Signals.PullFeeds;

/// <summary>An item of a feed, in plain text.</summary>
/// <param name="Id">What the feed calls it; its link where it says nothing.</param>
/// <param name="Title">Headline.</param>
/// <param name="Link">Where it can be read; null when that is no web address.</param>
/// <param name="At">When it came out; null when the feed does not say, or not in a way that can be read.</param>
/// <param name="Summary">A few words.</param>
internal sealed record FeedItem(string Id, string Title, string? Link, DateTimeOffset? At, string Summary);

/// <summary>Reads RSS 2.0, RSS 1.0 and Atom as far as headlines go. What is marked up becomes text.</summary>
internal static partial class FeedReader
{
    private const int LongestPiece = 20_000;

    /// <summary>The items in their order, no more than <paramref name="most"/>.</summary>
    /// <exception cref="XmlException">It is no XML, or has what it may not have.</exception>
    /// <exception cref="FormatException">It is XML, and no feed.</exception>
    public static IReadOnlyList<FeedItem> Read(byte[] content, int most)
    {
        using var reader = SafeXml.Open(content);
        if (reader.LocalName is not ("rss" or "feed" or "RDF"))
        {
            throw new FormatException($"<{reader.LocalName}> is no feed.");
        }

        List<FeedItem> items = [];
        while (items.Count < most && reader.Next())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "item" or "entry", IsEmptyElement: false }
                && ReadItem(reader) is { } item)
            {
                items.Add(item);
            }
        }

        return items;
    }

    /// <summary>Words without their mark-up.</summary>
    public static string Plain(string marked)
    {
        var words = marked.Length > LongestPiece ? marked[..LongestPiece] : marked;
        words = Tags().Replace(Hidden().Replace(words, " "), " ");
        // What was written twice as mark-up, as many feeds do, is mark-up once more.
        words = WebUtility.HtmlDecode(words);
        return PublicText.Line(Tags().Replace(Hidden().Replace(words, " "), " "));
    }

    private static FeedItem? ReadItem(XmlReader reader)
    {
        var depth = reader.Depth;
        Dictionary<string, string> pieces = new(StringComparer.Ordinal);
        while (reader.Next() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == depth + 1)
            {
                ReadPiece(reader, pieces);
            }
        }

        var title = Plain(pieces.GetValueOrDefault("title", ""));
        var link = Web(pieces.GetValueOrDefault("link", ""));
        var id = PublicText.Line(pieces.GetValueOrDefault("guid") ?? pieces.GetValueOrDefault("id") ?? link ?? "");
        return title.Length == 0 || id.Length == 0
            ? null
            : new FeedItem(
                id, title, link, Time(pieces.GetValueOrDefault("pubDate") ?? pieces.GetValueOrDefault("published")
                    ?? pieces.GetValueOrDefault("updated") ?? pieces.GetValueOrDefault("date") ?? ""),
                Plain(pieces.GetValueOrDefault("description") ?? pieces.GetValueOrDefault("summary") ?? ""));
    }

    private static void ReadPiece(XmlReader reader, Dictionary<string, string> pieces)
    {
        var name = reader.LocalName;
        // Atom names the address in an attribute, and others beside the one of the page.
        if (name == "link" && reader.GetAttribute("href") is { } href)
        {
            if (reader.GetAttribute("rel") is null or "alternate")
            {
                pieces.TryAdd(name, href);
            }

            return;
        }

        if (reader.IsEmptyElement)
        {
            return;
        }

        var depth = reader.Depth;
        var text = new System.Text.StringBuilder();
        while (reader.Next() && reader.Depth > depth)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && text.Length < LongestPiece)
            {
                text.Append(reader.Value);
            }
        }

        pieces.TryAdd(name, text.ToString());
    }

    private static string? Web(string link) =>
        Uri.TryCreate(link.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && address.AbsoluteUri.Length <= SignalFeedConfiguration.LongestAddress
            ? address.AbsoluteUri
            : null;

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(
            text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : null;

    [GeneratedRegex(@"<(?:script|style)\b[^>]*>.*?</(?:script|style)\s*>", RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"<[^<>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();
}
