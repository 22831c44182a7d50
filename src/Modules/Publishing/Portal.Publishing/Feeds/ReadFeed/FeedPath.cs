using Portal.Publishing.Pages;

namespace Portal.Publishing.Feeds.ReadFeed;

/// <summary>The address of a channel's feed: <c>zhengce/feed.xml</c> (Atom) or <c>zhengce/feed.json</c>.</summary>
internal sealed record FeedPath(string Channel, bool IsJson)
{
    private const string Atom = "/feed.xml";
    private const string Json = "/feed.json";

    public static FeedPath? Parse(string path)
    {
        var suffix = path.EndsWith(Atom, StringComparison.Ordinal) ? Atom
            : path.EndsWith(Json, StringComparison.Ordinal) ? Json
            : null;
        return suffix is not null && PagePath.IsOne(path.AsSpan(0, path.Length - suffix.Length))
            ? new(path[..^suffix.Length], suffix == Json)
            : null;
    }
}
