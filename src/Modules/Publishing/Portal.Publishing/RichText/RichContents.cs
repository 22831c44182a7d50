using System.Text;

namespace Portal.Publishing.RichText;

/// <summary>A heading as the table of contents shows it; <see cref="Id"/> is the one the renderer writes.</summary>
internal sealed record OutlineEntry(string Id, int Level, string Text);

/// <summary>What a document says and what it refers to.</summary>
internal static class RichContents
{
    /// <summary>All words a visitor can read, one block a line: for search, comparison and scanning.</summary>
    public static string PlainText(this RichDocument document)
    {
        var text = new StringBuilder(1_024);
        Append(text, document.Content);
        return text.ToString().TrimEnd('\n');
    }

    public static string PlainText(this TextBlock block)
    {
        var text = new StringBuilder();
        AppendLine(text, block.Content);
        return text.ToString();
    }

    /// <summary>The first words of the paragraphs, for lists; cut between characters as a reader sees them.</summary>
    public static string Excerpt(this RichDocument document, int characters)
    {
        var words = new StringBuilder(characters * 2);
        foreach (var paragraph in Walk(document.Content).OfType<Paragraph>())
        {
            foreach (var text in paragraph.Content.OfType<Text>())
            {
                words.Append(text.Value);
            }

            if (words.Length > characters * 4)
            {
                break;
            }

            if (words.Length > 0 && words[^1] != ' ')
            {
                words.Append(' ');
            }
        }

        return TextRules.Cut(TextRules.Collapse(words.ToString()), characters);
    }

    /// <summary>
    /// 字数 as offices count it: every Chinese character is one, a run of Latin letters or digits is one.
    /// </summary>
    public static int WordCount(this RichDocument document)
    {
        var count = 0;
        var inWord = false;
        foreach (var rune in document.PlainText().EnumerateRunes())
        {
            var isWord = Rune.IsLetterOrDigit(rune);
            var ideograph = isWord && IsIdeograph(rune.Value);
            var letter = isWord && !ideograph;
            if (ideograph || (letter && !inWord))
            {
                count++;
            }

            inWord = letter;
        }

        return count;
    }

    private static bool IsIdeograph(int value) =>
        value is (>= 0x2e80 and <= 0x9fff) or (>= 0xf900 and <= 0xfaff) or (>= 0x20000 and <= 0x3ffff);

    public static IReadOnlyList<OutlineEntry> Outline(this RichDocument document, string idPrefix = "s-") =>
        [.. Walk(document.Content).OfType<Heading>().Select((heading, index) =>
            new OutlineEntry($"{idPrefix}{index + 1}", heading.Level, heading.PlainText()))];

    /// <summary>Every media item in use, each once, in order of appearance.</summary>
    public static IReadOnlyList<Guid> MediaReferences(this RichDocument document) =>
        [.. Walk(document.Content).Select(block => block switch
        {
            Image image => image.MediaId,
            Attachment attachment => attachment.MediaId,
            Video video => video.MediaId,
            _ => Guid.Empty,
        }).Where(id => id != Guid.Empty).Distinct()];

    /// <summary>Every document that this one links to by identity, each once.</summary>
    public static IReadOnlyList<Guid> DocumentReferences(this RichDocument document) =>
        [.. Texts(document).Select(text => text.Link?.DocumentId).OfType<Guid>().Distinct()];

    /// <summary>Every address that this document links to, each once.</summary>
    public static IReadOnlyList<Link> Links(this RichDocument document) =>
        [.. Texts(document).Select(text => text.Link).OfType<Link>().Where(link => link.Href is not null).Distinct()];

    /// <summary>All blocks in reading order, containers before their content.</summary>
    public static IEnumerable<Block> Walk(this IEnumerable<Block> blocks)
    {
        foreach (var block in blocks)
        {
            yield return block;
            IEnumerable<Block> inner = block switch
            {
                BulletList list => list.Items.SelectMany(item => item.Content),
                OrderedList list => list.Items.SelectMany(item => item.Content),
                Blockquote quote => quote.Content,
                Table table => table.Rows.SelectMany(row => row.Cells).SelectMany(cell => cell.Content),
                _ => [],
            };
            foreach (var child in inner.Walk())
            {
                yield return child;
            }
        }
    }

    private static IEnumerable<Text> Texts(RichDocument document) =>
        Walk(document.Content).OfType<TextBlock>().SelectMany(block => block.Content.OfType<Text>());

    private static void Append(StringBuilder text, NodeList<Block> blocks)
    {
        foreach (var block in blocks)
        {
            Append(text, block);
        }
    }

    private static void Append(StringBuilder text, Block block)
    {
        switch (block)
        {
            case TextBlock line:
                AppendLine(text, line.Content);
                text.Append('\n');
                break;
            case BulletList list:
                Append(text, list.Items);
                break;
            case OrderedList list:
                Append(text, list.Items);
                break;
            case Blockquote quote:
                Append(text, quote.Content);
                break;
            case Table table:
                AppendWords(text, table.Caption);
                foreach (var row in table.Rows)
                {
                    Append(text, row);
                }

                break;
            case Image image:
                AppendWords(text, image.Decorative ? "" : image.Alt);
                AppendWords(text, image.Caption == image.Alt ? "" : image.Caption);
                break;
            case Attachment attachment:
                AppendWords(text, attachment.Name);
                break;
            case Video video:
                AppendWords(text, video.Title);
                break;
        }
    }

    private static void Append(StringBuilder text, NodeList<ListItem> items)
    {
        foreach (var item in items)
        {
            Append(text, item.Content);
        }
    }

    /// <summary>One row, one line; cells are parted by tabs.</summary>
    private static void Append(StringBuilder text, TableRow row)
    {
        for (var i = 0; i < row.Cells.Count; i++)
        {
            if (i > 0)
            {
                text.Append('\t');
            }

            var start = text.Length;
            Append(text, row.Cells[i].Content);
            if (text.Length > start)
            {
                text.Length--;
                text.Replace('\n', ' ', start, text.Length - start);
            }
        }

        text.Append('\n');
    }

    private static void AppendLine(StringBuilder text, NodeList<Inline> content)
    {
        foreach (var inline in content)
        {
            if (inline is Text words)
            {
                text.Append(words.Value);
            }
            else
            {
                text.Append('\n');
            }
        }
    }

    private static void AppendWords(StringBuilder text, string words)
    {
        if (words.Length > 0)
        {
            text.Append(words).Append('\n');
        }
    }
}
