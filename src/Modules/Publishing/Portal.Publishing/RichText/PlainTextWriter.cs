using System.Globalization;
using System.Text;

namespace Portal.Publishing.RichText;

/// <summary>
/// Writes the form that <see cref="PlainTextReader"/> reads. What it wrote is read back and compared: a block that
/// would not come back the same is written as a marker line instead, so that saving the textarea unchanged changes
/// nothing.
/// </summary>
internal static class PlainTextWriter
{
    public static string Write(RichDocument document)
    {
        var text = Join(document.Content.Select(Block));
        if (Reads(text, document))
        {
            return text;
        }

        var blocks = new List<string>(document.Content.Count);
        RichNode? previous = null;
        foreach (var block in document.Content)
        {
            // Two lists in a row would grow into one.
            var written = Block(block);
            var standsAlone = Reads(written, new RichDocument([block])) && !(IsList(previous) && IsList(block));
            blocks.Add(standsAlone ? written : Marker(block));
            previous = standsAlone ? block : null;
        }

        text = Join(blocks);
        return Reads(text, document) ? text : Join(document.Content.Select(Marker));
    }

    private static bool Reads(string text, RichDocument document) =>
        PlainTextReader.Read(text, Unlimited).Document == document;

    private static readonly RichLimits Unlimited = new() { Bytes = int.MaxValue, Nodes = int.MaxValue };

    private static bool IsList(RichNode? block) => block is BulletList or OrderedList;

    private static string Join(IEnumerable<string> blocks) => string.Join("\n\n", blocks);

    private static string Marker(Block block)
    {
        var json = WithMarksEscaped(RichJsonWriter.Write(block));
        return $"{NodeMarkerParser.Start}{NodeNames.Of(block)}:{json}{NodeMarkerParser.End}";
    }

    /// <summary>
    /// Normalising the whole text would join a combining mark to the letter of an escape such as \n before it.
    /// </summary>
    private static string WithMarksEscaped(string json)
    {
        var escaped = new StringBuilder(json.Length);
        foreach (var character in json)
        {
            if (char.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark)
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }

    private static string Block(Block block) => block switch
    {
        Paragraph { Content.Count: > 0, Align: TextAlign.Left } paragraph => Line(paragraph.Content),
        Paragraph { Content.Count: > 0 } paragraph =>
            (paragraph.Align == TextAlign.Center ? LineTags.Center : LineTags.Right) + Line(paragraph.Content),
        DocumentNumber { Content.Count: > 0 } number => LineTags.DocumentNumber + Line(number.Content),
        Heading { Content.Count: > 0 } heading => new string('#', heading.Level) + " " + Line(heading.Content),
        BulletList list => Items(list.Items, static _ => "- "),
        OrderedList list => Items(
            list.Items, index => string.Create(CultureInfo.InvariantCulture, $"{list.Start + index}. ")),
        Blockquote quote => Indent(Join(quote.Content.Select(Block)), "> ", "> "),
        Table table when IsSimple(table) => Table(table),
        Image image => Image(image),
        HorizontalRule => "---",
        _ => Marker(block),
    };

    private static string Items(NodeList<ListItem> items, Func<int, string> marker)
    {
        var text = new StringBuilder();
        for (var i = 0; i < items.Count; i++)
        {
            var first = marker(i);
            var content = new StringBuilder();
            foreach (var block in items[i].Content)
            {
                content.Append(content.Length == 0 ? "" : IsList(block) ? "\n" : "\n\n").Append(Block(block));
            }

            text.Append(text.Length == 0 ? "" : "\n")
                .Append(Indent(content.ToString(), first, new string(' ', first.Length)));
        }

        return text.ToString();
    }

    private static string Indent(string text, string first, string others)
    {
        var indented = new StringBuilder(first);
        var isFirst = true;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!isFirst)
            {
                indented.Append('\n').Append(line.IsEmpty ? others.TrimEnd() : others);
            }

            indented.Append(line);
            isFirst = false;
        }

        return indented.ToString();
    }

    private static string Image(Image image)
    {
        var text = new StringBuilder("![").Append(image.Alt).Append("](image:").Append(image.MediaId);
        if (image.Caption.Length > 0)
        {
            text.Append(" \"").Append(image.Caption).Append('"');
        }

        return text.Append(')').ToString();
    }

    private static bool IsSimple(Table table) =>
        table.Caption.Length == 0
        && table.Rows.All(row => row.Cells.Count == table.Rows[0].Cells.Count)
        && table.Rows.All(row => row.Cells.All(cell =>
            cell is { Colspan: 1, Rowspan: 1, Content: [Paragraph] }
            && cell.IsHeader == ReferenceEquals(row, table.Rows[0])));

    private static string Table(Table table)
    {
        var text = new StringBuilder();
        Row(text, table.Rows[0]);
        foreach (var cell in table.Rows[0].Cells)
        {
            text.Append(((Paragraph)cell.Content[0]).Align switch
            {
                TextAlign.Center => "| :-: ",
                TextAlign.Right => "| --: ",
                _ => "| --- ",
            });
        }

        text.Append('|');
        foreach (var row in table.Rows.Skip(1))
        {
            text.Append('\n');
            Row(text, row);
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, TableRow row)
    {
        foreach (var cell in row.Cells)
        {
            var line = Line(((Paragraph)cell.Content[0]).Content);
            text.Append("| ").Append(line.Replace("|", "\\|", StringComparison.Ordinal)).Append(' ');
        }

        text.Append('|');
        if (row.Cells[0].IsHeader)
        {
            text.Append('\n');
        }
    }

    private static string Line(NodeList<Inline> content)
    {
        var line = new StringBuilder();
        Link? link = null;
        foreach (var inline in content)
        {
            var next = (inline as Text)?.Link;
            if (next != link)
            {
                line.Append(link is null ? "" : Target(link)).Append(next is null ? "" : "[");
                link = next;
            }

            if (inline is Text text)
            {
                Append(line, text);
            }
            else
            {
                line.Append('\n');
            }
        }

        return line.Append(link is null ? "" : Target(link)).ToString();
    }

    private static string Target(Link link) =>
        link.Href is not { } href ? $"](doc:{link.DocumentId})"
        : href.AsSpan().ContainsAny('(', ')') ? $"](<{href}>)"
        : $"]({href})";

    private static void Append(StringBuilder line, Text text)
    {
        foreach (var (mark, name) in MarkTags.All)
        {
            line.Append(text.Marks.HasFlag(mark) ? $"<{name}>" : "");
        }

        Escape(line, text.Value);
        for (var i = MarkTags.All.Length - 1; i >= 0; i--)
        {
            line.Append(text.Marks.HasFlag(MarkTags.All[i].Mark) ? $"</{MarkTags.All[i].Name}>" : "");
        }
    }

    /// <summary>
    /// Escapes only what would be read as something else, so that ordinary text stays as it was typed.
    /// </summary>
    private static void Escape(StringBuilder line, string text)
    {
        if (line.Length == 0 || line[^1] == '\n')
        {
            var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
            if (digits is > 0 and < 10 && text[digits] is '.' or ')')
            {
                line.Append(text, 0, digits).Append('\\');
                text = text[digits..];
            }
            else if (text.Length > 0 && (text[0] is '#' or '>' or '|' || IsRuleOrItem(text) || IsMarker(text)))
            {
                line.Append('\\');
            }
        }

        var hasLink = text.Contains("](", StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if ((text[i] == '\\' && (next == '\0' || char.IsAsciiLetterOrDigit(next) is false && char.IsAscii(next)))
                || (text[i] == '<' && (char.IsAsciiLetter(next) || next is '/' or '!' or '?'))
                || (text[i] is '[' or ']' && hasLink))
            {
                line.Append('\\');
            }

            line.Append(text[i]);
        }
    }

    private static bool IsMarker(string text) => text.StartsWith(NodeMarkerParser.Start, StringComparison.Ordinal);

    private static bool IsRuleOrItem(string text) =>
        text[0] is '-' or '+' or '*' or '_' or '=' && (text.Length == 1 || text[1] == ' ' || text[1] == text[0]);
}
