using System.Buffers;
using System.Collections.Frozen;

namespace Portal.Publishing.RichText;

/// <summary>
/// Measures how deep tags nest in one pass over the text, before any tree is built: a parser's cost grows with the
/// square of the depth. It may see less than the parser does (scripts, foreign content); <see cref="HtmlGuard"/> is
/// exact.
/// </summary>
internal static class HtmlNesting
{
    private static readonly SearchValues<char> NameEnd = SearchValues.Create(" \t\n\r\f/>");
    private static readonly SearchValues<char> TagEnd = SearchValues.Create("\"'>");

    private static readonly FrozenDictionary<string, Kind>.AlternateLookup<ReadOnlySpan<char>> Kinds = CreateKinds();

    /// <summary>Elements whose end tag may be left out, in groups that end where the next one begins.</summary>
    [Flags]
    private enum Kind
    {
        Ordinary = 0,
        Void = 1,
        Paragraph = 2,
        Item = 4,
        Cell = 8,
        Row = 16,
        Part = 32,
        Definition = 64,
        Option = 128,
        Anchor = 256,
    }

    public static bool IsDeeperThan(ReadOnlySpan<char> html, int limit)
    {
        // Hashes of the names of open elements. A false match only makes the measure smaller.
        var open = new int[limit];
        var kinds = new Kind[limit];
        var depth = 0;
        while (html.IndexOf('<') is >= 0 and var start && start + 1 < html.Length)
        {
            html = html[(start + 1)..];
            var closes = html[0] == '/';
            var name = closes ? html[1..] : html;
            if (name.IsEmpty || !char.IsAsciiLetter(name[0]))
            {
                html = SkipComment(html);
                continue;
            }

            var end = name.IndexOfAny(NameEnd);
            end = end < 0 ? name.Length : end;
            html = AfterTag(name[end..], out var selfClosing);
            name = name[..end];

            var hash = string.GetHashCode(name, StringComparison.OrdinalIgnoreCase);
            if (closes)
            {
                var at = open.AsSpan(0, depth).LastIndexOf(hash);
                depth = at < 0 ? depth : at;
                continue;
            }

            var kind = Kinds.TryGetValue(name, out var known) ? known : Kind.Ordinary;
            while (depth > 0 && (kinds[depth - 1] & EndedBy(kind)) != 0)
            {
                depth--;
            }

            if (selfClosing || kind == Kind.Void)
            {
                continue;
            }

            if (depth == limit)
            {
                return true;
            }

            (open[depth], kinds[depth]) = (hash, kind);
            depth++;
        }

        return false;
    }

    private static Kind EndedBy(Kind opened) => opened switch
    {
        Kind.Ordinary or Kind.Void => Kind.Ordinary,
        Kind.Row => Kind.Paragraph | Kind.Cell | Kind.Row,
        Kind.Part => Kind.Paragraph | Kind.Cell | Kind.Row | Kind.Part,
        Kind.Option or Kind.Anchor => opened,
        _ => opened | Kind.Paragraph,
    };

    private static ReadOnlySpan<char> SkipComment(ReadOnlySpan<char> html)
    {
        if (!html.StartsWith("!--"))
        {
            return html;
        }

        var end = html.IndexOf("-->");
        return end < 0 ? [] : html[(end + 3)..];
    }

    private static ReadOnlySpan<char> AfterTag(ReadOnlySpan<char> tag, out bool selfClosing)
    {
        selfClosing = false;
        while (tag.IndexOfAny(TagEnd) is >= 0 and var at)
        {
            if (tag[at] == '>')
            {
                selfClosing = at > 0 && tag[at - 1] == '/';
                return tag[(at + 1)..];
            }

            // A quote opens a value only after "=".
            var isValue = tag[..at].TrimEnd() is [.., '='];
            var close = isValue ? tag[(at + 1)..].IndexOf(tag[at]) : -1;
            if (isValue && close < 0)
            {
                return [];
            }

            tag = tag[(at + 2 + close)..];
        }

        return [];
    }

    private static FrozenDictionary<string, Kind>.AlternateLookup<ReadOnlySpan<char>> CreateKinds()
    {
        (Kind Kind, string[] Names)[] groups =
        [
            (Kind.Void,
            [
                "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
                "wbr",
            ]),
            (Kind.Paragraph, ["p"]),
            (Kind.Item, ["li"]),
            (Kind.Cell, ["td", "th"]),
            (Kind.Row, ["tr"]),
            (Kind.Part, ["thead", "tbody", "tfoot"]),
            (Kind.Definition, ["dd", "dt"]),
            (Kind.Option, ["option"]),
            (Kind.Anchor, ["a"]),
        ];
        return groups
            .SelectMany(group => group.Names.Select(name => (name, group.Kind)))
            .ToFrozenDictionary(pair => pair.name, pair => pair.Kind, StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
