using System.Text;

namespace Portal.Publishing.RichText;

/// <summary>
/// Markdown takes a line such as "[注]: 见附件" for the definition of a link and shows nothing of it. Where what follows
/// is no address, the line is meant to be read, so its bracket is escaped.
/// </summary>
internal static class LinkDefinitions
{
    private static readonly string[] Addresses =
        ["http://", "https://", "mailto:", "tel:", "/", "#", "<", "doc:", "image:", "file:"];

    public static string EscapeWords(string markdown, bool all = false)
    {
        if (!markdown.Contains("]:", StringComparison.Ordinal))
        {
            return markdown;
        }

        var escaped = new StringBuilder(markdown.Length + 16);
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            var indent = line.Length - line.TrimStart(" \t->+*0123456789.").Length;
            if (IsDefinition(line[indent..], all))
            {
                escaped.Append(line[..indent]).Append('\\').Append(line[indent..]);
            }
            else
            {
                escaped.Append(line);
            }

            escaped.Append('\n');
        }

        return escaped.ToString();
    }

    private static bool IsDefinition(ReadOnlySpan<char> line, bool all)
    {
        // A name holds no bracket of its own: "[[" begins something else.
        if (line.IsEmpty || line[0] != '[' || line.StartsWith("[[") || line.IndexOf("]:") is not (>= 0 and var end))
        {
            return false;
        }

        var target = line[(end + 2)..].TrimStart();
        foreach (var address in Addresses)
        {
            if (target.StartsWith(address, StringComparison.OrdinalIgnoreCase))
            {
                return all;
            }
        }

        return true;
    }
}
