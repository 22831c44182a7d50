using System.Globalization;
using System.Text;

namespace Portal.Publishing.RichText;

/// <summary>
/// The white list: every element and attribute that a rich text can put on a page is written in this file. One pass,
/// straight into the output.
/// </summary>
internal sealed class HtmlRenderer
{
    private readonly RenderContext context;
    private readonly StringBuilder output;
    private int headings;
    private Paragraph? addressee;

    private HtmlRenderer(RenderContext context, StringBuilder output) =>
        (this.context, this.output) = (context, output);

    public static string Render(RichDocument document, RenderContext context)
    {
        var output = new StringBuilder(1_024);
        Render(document, context, output);
        return output.ToString();
    }

    public static void Render(RichDocument document, RenderContext context, StringBuilder output) =>
        new HtmlRenderer(context, output) { addressee = AddresseeOf(document) }.Blocks(document.Content);

    /// <summary>One block by itself, as a comparison shows it: headings get no id.</summary>
    internal static void Render(Block block, RenderContext context, StringBuilder output) =>
        new HtmlRenderer(context, output) { headings = -1 }.Block(block);

    /// <summary>主送机关: the first paragraph of an official document names whom it is sent to, and stands flush left.</summary>
    private static Paragraph? AddresseeOf(RichDocument document) =>
        document.Content.SkipWhile(block => block is DocumentNumber).FirstOrDefault()
            is Paragraph { Align: TextAlign.Left } first && first.PlainText().EndsWith('：')
            ? first
            : null;

    private void Blocks(NodeList<Block> blocks)
    {
        foreach (var block in blocks)
        {
            Block(block);
        }
    }

    private void Block(Block block)
    {
        switch (block)
        {
            case Paragraph paragraph:
                output.Append(paragraph.Align switch
                {
                    TextAlign.Center => "<p class=\"p-align-center\">",
                    TextAlign.Right => "<p class=\"p-align-right\">",
                    _ when ReferenceEquals(paragraph, addressee) => "<p class=\"p-addressee\">",
                    _ => "<p>",
                });
                Line(paragraph.Content);
                output.Append("</p>\n");
                break;
            case Heading heading:
                Heading(heading);
                break;
            case DocumentNumber number:
                output.Append("<p class=\"p-docnumber\">");
                Line(number.Content);
                output.Append("</p>\n");
                break;
            case BulletList list:
                output.Append("<ul>\n");
                Items(list.Items);
                output.Append("</ul>\n");
                break;
            case OrderedList list:
                output.Append("<ol");
                if (list.Start != 1)
                {
                    output.AppendAttribute("start", list.Start);
                }

                output.Append(">\n");
                Items(list.Items);
                output.Append("</ol>\n");
                break;
            case Blockquote quote:
                output.Append("<blockquote>\n");
                Blocks(quote.Content);
                output.Append("</blockquote>\n");
                break;
            case Table table:
                Table(table);
                break;
            case Image image:
                Image(image);
                break;
            case Attachment attachment:
                Attachment(attachment);
                break;
            case Video video:
                Video(video);
                break;
            case HorizontalRule:
                output.Append("<hr>\n");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block, "Not of the closed set.");
        }
    }

    private void Heading(Heading heading)
    {
        output.Append("<h").Append(heading.Level);
        if (headings >= 0)
        {
            // Counted like Outline counts, so that the table of contents leads here.
            output.Append(" id=\"").AppendText(context.HeadingIdPrefix).Append(++headings).Append('"');
        }

        output.Append('>');
        Line(heading.Content);
        output.Append("</h").Append(heading.Level).Append(">\n");
    }

    private void Items(NodeList<ListItem> items)
    {
        foreach (var item in items)
        {
            output.Append("<li>");
            Flow(item.Content);
            output.Append("</li>\n");
        }
    }

    /// <summary>
    /// The content of an item or a cell: a lone plain paragraph in front stands without its own element.
    /// </summary>
    private void Flow(NodeList<Block> content)
    {
        var start = 0;
        if (content[0] is Paragraph { Align: TextAlign.Left } first
            && (content.Count == 1 || content[1] is not Paragraph))
        {
            Line(first.Content);
            start = 1;
        }

        for (var i = start; i < content.Count; i++)
        {
            Block(content[i]);
        }
    }

    private void Table(Table table)
    {
        OpenTable(table.Caption, context, output);
        if (table.Caption.Length > 0)
        {
            output.Append("<caption>").AppendText(table.Caption).Append("</caption>\n");
        }

        var heads = HeaderRows(table.Rows);
        Rows("thead", table.Rows.AsSpan()[..heads]);
        Rows("tbody", table.Rows.AsSpan()[heads..]);
        output.Append("</table>\n</div>\n");
    }

    internal static void OpenTable(string caption, RenderContext context, StringBuilder output)
    {
        var label = caption.Length > 0 ? caption : context.TableLabel;
        output.Append("<div class=\"p-table\" role=\"region\" tabindex=\"0\"");
        if (label.Length > 0)
        {
            output.AppendAttribute("aria-label", label);
        }

        output.Append(">\n<table>\n");
    }

    /// <summary>Leading rows that hold column headers alone; a span must not reach out of the table's head.</summary>
    private static int HeaderRows(NodeList<TableRow> rows)
    {
        var count = 0;
        while (count < rows.Count
            && rows[count].Cells.Count > 0
            && rows[count].Cells.All(cell => cell.Scope is HeaderScope.Col or HeaderScope.Colgroup))
        {
            count++;
        }

        for (var row = 0; row < count; row++)
        {
            if (rows[row].Cells.Any(cell => row + cell.Rowspan > count))
            {
                return 0;
            }
        }

        return count;
    }

    private void Rows(string part, ReadOnlySpan<TableRow> rows)
    {
        if (rows.IsEmpty)
        {
            return;
        }

        output.Append('<').Append(part).Append(">\n");
        foreach (var row in rows)
        {
            output.Append("<tr>\n");
            foreach (var cell in row.Cells)
            {
                Cell(cell);
            }

            output.Append("</tr>\n");
        }

        output.Append("</").Append(part).Append(">\n");
    }

    private void Cell(TableCell cell)
    {
        output.Append(cell.IsHeader ? "<th" : "<td");
        if (cell.Scope is { } scope)
        {
            output.AppendAttribute("scope", RichJsonWriter.Name(scope));
        }

        if (cell.Colspan > 1)
        {
            output.AppendAttribute("colspan", cell.Colspan);
        }

        if (cell.Rowspan > 1)
        {
            output.AppendAttribute("rowspan", cell.Rowspan);
        }

        output.Append('>');
        Flow(cell.Content);
        output.Append(cell.IsHeader ? "</th>\n" : "</td>\n");
    }

    private void Image(Image image)
    {
        if (context.Media(image.MediaId) is not { } source)
        {
            Missing(image.Decorative ? "" : image.Alt);
            return;
        }

        output.Append("<figure class=\"p-image\">\n<img")
            .AppendAttribute("src", source.Url)
            .AppendAttribute("alt", image.Decorative ? "" : image.Alt);
        if (source is { Width: > 0, Height: > 0 })
        {
            output.AppendAttribute("width", source.Width).AppendAttribute("height", source.Height);
        }

        output.Append(" loading=\"lazy\" decoding=\"async\">\n");
        Caption(image.Caption);
        output.Append("</figure>\n");
    }

    private void Video(Video video)
    {
        if (context.Media(video.MediaId) is not { } source)
        {
            Missing(video.Title);
            return;
        }

        output.Append("<figure class=\"p-video\">\n<video controls preload=\"metadata\"")
            .AppendAttribute("src", source.Url);
        if (video.Title.Length > 0)
        {
            output.AppendAttribute("aria-label", video.Title);
        }

        output.Append("></video>\n");
        Caption(video.Title);
        output.Append("</figure>\n");
    }

    private void Caption(string caption)
    {
        if (caption.Length > 0)
        {
            output.Append("<figcaption>").AppendText(caption).Append("</figcaption>\n");
        }
    }

    private void Attachment(Attachment attachment)
    {
        var name = attachment.Name.Length > 0 ? attachment.Name : attachment.MediaType;
        if (context.Media(attachment.MediaId) is not { } source)
        {
            Missing(name);
            return;
        }

        output.Append("<p class=\"p-attachment\"><a class=\"p-file\"").AppendAttribute("href", source.Url);
        if (attachment.MediaType.Length > 0)
        {
            output.AppendAttribute("type", attachment.MediaType);
        }

        output.AppendAttribute("download", attachment.Name).Append('>').AppendText(name);
        if (attachment.Size > 0)
        {
            output.Append(" <data class=\"p-file__size\" value=\"").Append(attachment.Size).Append("\">")
                .Append(SizeOf(attachment.Size)).Append("</data>");
        }

        output.Append("</a></p>\n");
    }

    private static string SizeOf(long bytes) => bytes switch
    {
        < 1_024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_024 * 1_024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_024.0:0.#} KB"),
        < 1_024L * 1_024 * 1_024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_048_576.0:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_073_741_824.0:0.#} GB"),
    };

    /// <summary>
    /// The item is not, or not yet, public: its words remain, so that the sentence around it still makes sense.
    /// </summary>
    private void Missing(string words)
    {
        if (words.Length > 0)
        {
            output.Append("<p class=\"p-missing\">").AppendText(words).Append("</p>\n");
        }
    }

    private void Line(NodeList<Inline> content)
    {
        foreach (var inline in content)
        {
            if (inline is Text text)
            {
                Text(text);
            }
            else
            {
                output.Append("<br>");
            }
        }
    }

    private void Text(Text text)
    {
        if (text.Marks == Marks.None && text.Link is null)
        {
            output.AppendText(text.Value);
            return;
        }

        var linked = text.Link is not null && OpenLink(text.Link);
        foreach (var (mark, element) in Elements)
        {
            if (text.Marks.HasFlag(mark))
            {
                output.Append('<').Append(element).Append('>');
            }
        }

        output.AppendText(text.Value);
        for (var i = Elements.Length - 1; i >= 0; i--)
        {
            if (text.Marks.HasFlag(Elements[i].Mark))
            {
                output.Append("</").Append(Elements[i].Element).Append('>');
            }
        }

        if (linked)
        {
            output.Append("</a>");
        }
    }

    internal static readonly (Marks Mark, string Element)[] Elements =
    [
        (Marks.Bold, "strong"),
        (Marks.Italic, "em"),
        (Marks.Underline, "u"),
        (Marks.Strike, "s"),
        (Marks.Superscript, "sup"),
        (Marks.Subscript, "sub"),
    ];

    private bool OpenLink(Link link)
    {
        if (link.DocumentId is { } id && context.DocumentUrl(id) is { } url)
        {
            output.Append("<a").AppendAttribute("href", url).Append('>');
            return true;
        }

        if (link.Href is not { } href)
        {
            return false;
        }

        if (link.Host is not { } host)
        {
            output.Append("<a").AppendAttribute("href", href).Append('>');
            return true;
        }

        output.Append("<a href=\"");
        if (context.NeedsNotice(host))
        {
            output.AppendText(context.NoticePage).Append(Uri.EscapeDataString(href));
        }
        else
        {
            output.AppendText(href);
        }

        output.Append("\" rel=\"noopener noreferrer\">");
        return true;
    }
}
