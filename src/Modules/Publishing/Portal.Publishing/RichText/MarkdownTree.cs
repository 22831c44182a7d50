using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdigTable = Markdig.Extensions.Tables.Table;
using MarkdigTableCell = Markdig.Extensions.Tables.TableCell;
using MarkdigTableRow = Markdig.Extensions.Tables.TableRow;

namespace Portal.Publishing.RichText;

/// <summary>Turns Markdig's tree into ours.</summary>
internal sealed class MarkdownTree(MarkdownReferences references, bool tagsAreMarks = false)
{
    private const string CommentStart = "<!--";
    private const string CommentEnd = "-->";

    private readonly InlineBuilder line = new();
    private Marks tagMarks;
    private int levelShift;

    public RichDocument Document(MarkdownDocument parsed)
    {
        // "#" is the page's own heading: where an author used it, every level moves down by one.
        levelShift = parsed.Descendants<HeadingBlock>().Any(heading => heading.Level == 1) ? 1 : 0;
        return new RichDocument(Blocks(parsed));
    }

    private NodeList<Block> Blocks(ContainerBlock container)
    {
        var blocks = new List<Block>(container.Count);
        foreach (var block in container)
        {
            Append(blocks, block);
        }

        return [.. blocks];
    }

    private void Append(List<Block> blocks, Markdig.Syntax.Block block)
    {
        switch (block)
        {
            case NodeMarker marker:
                blocks.Add(marker.Node);
                break;
            case HeadingBlock heading:
                AppendHeading(blocks, heading);
                break;
            case ParagraphBlock paragraph:
                AppendLine(blocks, paragraph.Inline, KindOf(paragraph.Inline));
                break;
            case ListBlock list:
                AppendList(blocks, list);
                break;
            case QuoteBlock quote:
                blocks.Add(new Blockquote(Blocks(quote)));
                break;
            case ThematicBreakBlock:
                blocks.Add(new HorizontalRule());
                break;
            case MarkdigTable table:
                AppendTable(blocks, table);
                break;
            case LinkReferenceDefinitionGroup:
                break;
            case HtmlBlock html:
                AppendVerbatim(blocks, WithoutComments(html.Lines.ToString()));
                break;
            case LeafBlock leaf:
                AppendVerbatim(blocks, leaf.Lines.ToString());
                break;
            case ContainerBlock container:
                blocks.AddRange(Blocks(container));
                break;
        }
    }

    private void AppendHeading(List<Block> blocks, HeadingBlock heading)
    {
        var level = Math.Clamp(heading.Level + levelShift, Heading.TopLevel, Heading.BottomLevel);
        AppendLine(blocks, heading.Inline, content => new Heading(level, content));
    }

    private void AppendList(List<Block> blocks, ListBlock list)
    {
        NodeList<ListItem> items = [.. list.OfType<ListItemBlock>().Select(item => new ListItem(Blocks(item)))];
        if (items.Count == 0)
        {
            return;
        }

        var start = int.TryParse(list.OrderedStart, CultureInfo.InvariantCulture, out var number) ? number : 1;
        blocks.Add(list.IsOrdered ? new OrderedList(items, start) : new BulletList(items));
    }

    private void AppendTable(List<Block> blocks, MarkdigTable table)
    {
        var rows = new List<TableRow>(table.Count);
        foreach (var row in table.OfType<MarkdigTableRow>())
        {
            var cells = new List<TableCell>(row.Count);
            foreach (var cell in row.OfType<MarkdigTableCell>())
            {
                cells.Add(Cell(cell, row.IsHeader, AlignOf(table, cells.Count)));
            }

            rows.Add(new TableRow([.. cells]));
        }

        if (rows.Count > 0)
        {
            blocks.Add(new Table([.. rows]));
        }
    }

    private TableCell Cell(MarkdigTableCell cell, bool header, TextAlign align)
    {
        var content = new List<Block>(1);
        foreach (var block in cell)
        {
            if (block is ParagraphBlock paragraph)
            {
                AppendLine(content, paragraph.Inline, align);
            }
            else
            {
                Append(content, block);
            }
        }

        return new TableCell([.. content], header ? HeaderScope.Col : null);
    }

    private static TextAlign AlignOf(MarkdigTable table, int column) =>
        column < table.ColumnDefinitions.Count
            ? table.ColumnDefinitions[column].Alignment switch
            {
                TableColumnAlign.Center => TextAlign.Center,
                TableColumnAlign.Right => TextAlign.Right,
                _ => TextAlign.Left,
            }
            : TextAlign.Left;

    /// <summary>In the plain-text form a tag in front says what kind of line follows.</summary>
    private Func<NodeList<Inline>, Block> KindOf(ContainerInline? content)
    {
        if (tagsAreMarks && content?.FirstChild is HtmlInline tag && LineTags.TryGet(tag.Tag, out var create))
        {
            tag.Remove();
            return create;
        }

        return static line => new Paragraph(line);
    }

    private void AppendLine(List<Block> blocks, ContainerInline? content, TextAlign align) =>
        AppendLine(blocks, content, line => new Paragraph(line, align));

    private void AppendLine(List<Block> blocks, ContainerInline? content, Func<NodeList<Inline>, Block> create)
    {
        tagMarks = Marks.None;
        if (content is not null)
        {
            AppendInlines(blocks, content, new Style(), create);
        }

        EndLine(blocks, create);
    }

    private void EndLine(List<Block> blocks, Func<NodeList<Inline>, Block> create)
    {
        if (line.Build() is { Count: > 0 } content)
        {
            blocks.Add(create(content));
        }
    }

    /// <summary>What surrounds a piece of text.</summary>
    private readonly record struct Style(Marks Marks, Link? Link, int Depth)
    {
        public Style With(Marks marks) => this with { Marks = Marks | marks };

        /// <summary>Markdig nests emphasis without a bound.</summary>
        public Style Deeper() => Depth < MarkdownReader.MaxNesting
            ? this with { Depth = Depth + 1 }
            : throw new RichTextException(new RichError(RichFault.TooDeep));
    }

    private void AppendInlines(
        List<Block> blocks, ContainerInline container, Style outer, Func<NodeList<Inline>, Block> create)
    {
        foreach (var inline in container)
        {
            var style = outer.With(tagMarks);
            switch (inline)
            {
                case LiteralInline literal:
                    line.Append(literal.Content.AsSpan(), style.Marks, style.Link);
                    break;
                case LineBreakInline:
                    line.Append(new HardBreak());
                    break;
                case CodeInline code:
                    line.Append(code.Content, style.Marks, style.Link);
                    break;
                case HtmlEntityInline entity:
                    line.Append(entity.Transcoded.AsSpan(), style.Marks, style.Link);
                    break;
                case AutolinkInline autolink:
                    Link.TryCreate((autolink.IsEmail ? "mailto:" : "") + autolink.Url, out var address);
                    line.Append(autolink.Url, style.Marks, address ?? style.Link);
                    break;
                case HtmlInline html:
                    AppendTag(html.Tag, style);
                    break;
                case EmphasisInline emphasis:
                    var mark = emphasis.DelimiterCount == 2 ? Marks.Bold : Marks.Italic;
                    AppendInlines(blocks, emphasis, outer.With(mark).Deeper(), create);
                    break;
                case LinkInline { IsImage: true } image when ImageOf(image) is { } picture:
                    EndLine(blocks, create);
                    blocks.Add(picture);
                    break;
                case LinkInline target when AttachmentOf(target) is { } attachment:
                    EndLine(blocks, create);
                    blocks.Add(attachment);
                    break;
                case LinkInline target:
                    var link = (target.IsImage ? null : LinkOf(target.Url)) ?? outer.Link;
                    AppendInlines(blocks, target, (outer with { Link = link }).Deeper(), create);
                    break;
                case ContainerInline inner:
                    AppendInlines(blocks, inner, outer.Deeper(), create);
                    break;
            }
        }
    }

    private void AppendTag(string tag, Style style)
    {
        if (!tagsAreMarks && tag.StartsWith(CommentStart, StringComparison.Ordinal))
        {
            return;
        }

        if (tagsAreMarks && MarkTags.TryGet(tag, out var mark, out var opens))
        {
            tagMarks = opens ? tagMarks | mark : tagMarks & ~mark;
            return;
        }

        line.Append(tag, style.Marks, style.Link);
    }

    private Image? ImageOf(LinkInline image) =>
        KeyOf(image.Url, "image:") is { } key && references.Image(key) is { } id
            ? new Image(id, WordsOf(image), Decorative: WordsOf(image).Length == 0, image.Title ?? "")
            : null;

    private Attachment? AttachmentOf(LinkInline target)
    {
        if (target.IsImage || KeyOf(target.Url, "file:") is not { } key || references.File(key) is not { } attachment)
        {
            return null;
        }

        return WordsOf(target) is { Length: > 0 } name
            ? new Attachment(attachment.MediaId, name, attachment.Size, attachment.MediaType)
            : attachment;
    }

    private Link? LinkOf(string? url)
    {
        if (KeyOf(url, "doc:") is { } key)
        {
            return references.Document(key) is { } id ? Link.To(id) : null;
        }

        return Link.TryCreate(url?.Replace(" ", "%20", StringComparison.Ordinal), out var link) ? link : null;
    }

    private static string? KeyOf(string? url, string scheme) =>
        url?.StartsWith(scheme, StringComparison.Ordinal) == true ? url[scheme.Length..] : null;

    private static string WordsOf(ContainerInline container)
    {
        var words = new StringBuilder();
        foreach (var literal in container.Descendants<LiteralInline>())
        {
            words.Append(literal.Content.AsSpan());
        }

        return words.ToString();
    }

    private void AppendVerbatim(List<Block> blocks, string text)
    {
        foreach (var part in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (string.IsNullOrWhiteSpace(part))
            {
                continue;
            }

            if (!line.IsEmpty)
            {
                line.Append(new HardBreak());
            }

            line.Append(part);
        }

        EndLine(blocks, static content => new Paragraph(content));
    }

    /// <summary>
    /// An unclosed comment is text: otherwise a stray "&lt;!--" would swallow the rest of the document.
    /// </summary>
    private static string WithoutComments(string html)
    {
        if (!html.Contains(CommentStart, StringComparison.Ordinal))
        {
            return html;
        }

        var kept = new StringBuilder(html.Length);
        var at = 0;
        while (html.IndexOf(CommentStart, at, StringComparison.Ordinal) is >= 0 and var start
            && html.IndexOf(CommentEnd, start + CommentStart.Length, StringComparison.Ordinal) is >= 0 and var end)
        {
            kept.Append(html, at, start - at);
            at = end + CommentEnd.Length;
        }

        return kept.Append(html, at, html.Length - at).ToString();
    }
}
