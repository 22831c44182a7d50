using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Portal.Publishing.RichText;

/// <summary>
/// Turns AngleSharp's tree into ours. What it does not know it looks through, so that words are not lost.
/// </summary>
internal sealed class HtmlTree(HtmlReferences references, RichLimits limits)
{
    /// <summary>Left out with all they hold.</summary>
    private static readonly FrozenSet<string> Dropped = FrozenSet.Create(
        StringComparer.Ordinal,
        "applet", "area", "audio", "base", "button", "canvas", "datalist", "embed", "frame", "frameset", "head",
        "iframe", "input", "link", "map", "math", "meta", "meter", "noembed", "noframes", "noscript", "object",
        "optgroup", "option", "output", "param", "portal", "progress", "script", "select", "style", "svg",
        "template", "textarea", "title", "xml");

    /// <summary>Begin and end a line but leave no node of their own.</summary>
    private static readonly FrozenSet<string> Containers = FrozenSet.Create(
        StringComparer.Ordinal,
        "address", "article", "aside", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "legend", "li", "listing",
        "main", "menu", "nav", "p", "plaintext", "pre", "search", "section", "summary", "caption", "tbody",
        "td", "tfoot", "th", "thead", "tr", "xmp");

    private static readonly FrozenDictionary<string, Marks> MarkElements = new Dictionary<string, Marks>
    {
        ["b"] = Marks.Bold,
        ["strong"] = Marks.Bold,
        ["i"] = Marks.Italic,
        ["em"] = Marks.Italic,
        ["u"] = Marks.Underline,
        ["ins"] = Marks.Underline,
        ["s"] = Marks.Strike,
        ["strike"] = Marks.Strike,
        ["del"] = Marks.Strike,
        ["sup"] = Marks.Superscript,
        ["sub"] = Marks.Subscript,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly Dictionary<string, int> removed = new(StringComparer.Ordinal);
    private int levelShift;
    private int nodes;

    public IReadOnlyList<Removed> Removed => [.. removed.Select(entry => new Removed(entry.Key, entry.Value))];

    public RichDocument Document(IHtmlDocument parsed)
    {
        foreach (var element in parsed.Head?.Children ?? Enumerable.Empty<IElement>())
        {
            if (element.LocalName is "script" or "style" or "base" or "meta")
            {
                Count(element.LocalName);
            }
        }

        if (parsed.Body is not { } body)
        {
            return RichDocument.Empty;
        }

        levelShift = body.GetElementsByTagName("h1").Length > 0 ? 1 : 0;
        return new RichDocument(Blocks(body, TextAlign.Left));
    }

    /// <summary>What surrounds a piece of text.</summary>
    private sealed record Style(TextAlign Align, Marks Marks = Marks.None, Link? Link = null, bool Verbatim = false);

    /// <summary>The blocks of one container while they are collected.</summary>
    private sealed class Flow(Action<int> entered)
    {
        public List<Block> Blocks { get; } = [];

        public HtmlLine Line { get; } = new();

        public WordList WordList { get; } = new();

        public Func<NodeList<Inline>, TextAlign, Block> Create { get; set; } =
            static (content, align) => new Paragraph(content, align);

        public void EndLine(TextAlign align)
        {
            if (Line.Build() is { Count: > 0 } content)
            {
                entered(content.Count);
                Add(Create(content, align));
            }
        }

        public void Add(Block block)
        {
            EndList();
            entered(1);
            Blocks.Add(block);
        }

        public void EndList()
        {
            if (!WordList.IsEmpty)
            {
                Blocks.AddRange(WordList.Build());
            }
        }
    }

    private NodeList<Block> Blocks(INode container, TextAlign align, Style? style = null)
    {
        var flow = new Flow(Entered);
        style = (style ?? new Style(align)) with { Align = align };
        Children(flow, container, style);
        flow.EndLine(align);
        flow.EndList();
        return [.. flow.Blocks];
    }

    private void Children(Flow flow, INode parent, Style style)
    {
        foreach (var node in parent.ChildNodes)
        {
            if (node is IText text)
            {
                AppendText(flow, text.Data, style);
            }
            else if (node is IElement element)
            {
                Element(flow, element, style);
            }
        }
    }

    private static void AppendText(Flow flow, string text, Style style)
    {
        if (!style.Verbatim)
        {
            flow.Line.Append(text, style.Marks, style.Link);
            return;
        }

        var first = true;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!first && flow.Line.Break())
            {
                flow.EndLine(style.Align);
            }

            var kept = line.ToString().Replace("  ", " \u00a0", StringComparison.Ordinal);
            flow.Line.Append(kept, style.Marks, style.Link);
            first = false;
        }
    }

    private void Element(Flow flow, IElement element, Style style)
    {
        var name = element.LocalName;
        var css = element.GetAttribute("style");
        if (Dropped.Contains(name))
        {
            Count(name);
            return;
        }

        if (name == "span" && WordList.IsMarker(css))
        {
            // The number of a Word list item; AppendWordItem has read it.
            return;
        }

        if (element.HasAttribute("hidden") || HtmlStyle.IsHidden(css))
        {
            Count("hidden");
            return;
        }

        switch (name)
        {
            case "br":
                if (flow.Line.Break())
                {
                    flow.EndLine(style.Align);
                }

                break;
            case "img":
                AppendImage(flow, element, style, caption: "");
                break;
            case "video":
                AppendVideo(flow, element, style);
                break;
            case "hr":
                flow.EndLine(style.Align);
                flow.Add(new HorizontalRule());
                break;
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                AppendHeading(flow, element, style);
                break;
            case "ul" or "ol":
                AppendList(flow, element, style);
                break;
            case "blockquote":
                flow.EndLine(style.Align);
                if (Blocks(element, AlignOf(element, style.Align), style) is { Count: > 0 } quoted)
                {
                    flow.Add(new Blockquote(quoted));
                }

                break;
            case "table":
                AppendTable(flow, element, style);
                break;
            case "figure":
                AppendFigure(flow, element, style);
                break;
            case "p" when WordList.LevelOf(css) is { } level && !WordList.IsMarker(css):
                AppendWordItem(flow, element, level, style);
                break;
            case "p" when element.ClassList.Contains("p-attachment") && AttachmentOf(element) is { } attachment:
                flow.EndLine(style.Align);
                flow.Add(attachment);
                break;
            case "p" when element.ClassList.Contains("p-docnumber"):
                AppendLine(flow, element, style, static (content, _) => new DocumentNumber(content));
                break;
            case var _ when Containers.Contains(name):
                AppendContainer(flow, element, style);
                break;
            default:
                Children(flow, element, Inside(element, style));
                break;
        }
    }

    private void AppendContainer(Flow flow, IElement element, Style style)
    {
        flow.EndLine(style.Align);
        var inner = Inside(element, style) with
        {
            Align = AlignOf(element, style.Align),
            Verbatim = style.Verbatim || element.LocalName is "pre" or "listing" or "xmp" or "plaintext",
        };
        Children(flow, element, inner);
        flow.EndLine(inner.Align);
    }

    private void AppendHeading(Flow flow, IElement element, Style style)
    {
        var level = Math.Clamp(element.LocalName[1] - '0' + levelShift, Heading.TopLevel, Heading.BottomLevel);
        AppendLine(flow, element, style, (content, _) => new Heading(level, content));
    }

    private void AppendLine(Flow flow, IElement element, Style style, Func<NodeList<Inline>, TextAlign, Block> create)
    {
        flow.EndLine(style.Align);
        var outer = flow.Create;
        flow.Create = create;
        Children(flow, element, Inside(element, style));
        flow.EndLine(style.Align);
        flow.Create = outer;
    }

    private Style Inside(IElement element, Style style)
    {
        var marks = style.Marks
            | MarkElements.GetValueOrDefault(element.LocalName)
            | HtmlStyle.MarksOf(element.GetAttribute("style"));
        var link = element.LocalName == "a" ? LinkOf(element) ?? style.Link : style.Link;
        return marks == style.Marks && link == style.Link ? style : style with { Marks = marks, Link = link };
    }

    private Link? LinkOf(IElement anchor)
    {
        if (anchor.GetAttribute("href") is not { Length: > 0 } address)
        {
            return null;
        }

        if (references.Document(address) is { } id)
        {
            return Link.To(id);
        }

        if (address.StartsWith(references.NoticePage, StringComparison.Ordinal))
        {
            address = Uri.UnescapeDataString(address[references.NoticePage.Length..]);
        }

        if (Link.TryCreate(address, out var link))
        {
            return link;
        }

        Count("a[href]");
        return null;
    }

    private static TextAlign AlignOf(IElement element, TextAlign inherited)
    {
        if (element.LocalName == "center" || element.ClassList.Contains("p-align-center"))
        {
            return TextAlign.Center;
        }

        if (element.ClassList.Contains("p-align-right"))
        {
            return TextAlign.Right;
        }

        var value = HtmlStyle.Value(element.GetAttribute("style"), "text-align");
        value = value.IsEmpty ? element.GetAttribute("align") : value;
        return value.IsEmpty ? inherited
            : value.Equals("center", StringComparison.OrdinalIgnoreCase) ? TextAlign.Center
            : value.Equals("right", StringComparison.OrdinalIgnoreCase) ? TextAlign.Right
            : TextAlign.Left;
    }

    private void AppendList(Flow flow, IElement list, Style style)
    {
        flow.EndLine(style.Align);
        var inner = Inside(list, style);
        var items = new List<List<Block>>();
        foreach (var child in list.ChildNodes)
        {
            if (child is IElement { LocalName: "li" } item)
            {
                items.Add([.. Blocks(item, AlignOf(item, TextAlign.Left), inner)]);
                Entered(1);
            }
            else if (child is IElement or IText)
            {
                AppendStray(items, child, inner);
            }
        }

        if (items.Count == 0)
        {
            return;
        }

        NodeList<ListItem> built = [.. items.Select(content => new ListItem([.. content]))];
        var written = list.GetAttribute("start");
        var start = int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(number, 0, 999_999_999)
            : 1;
        flow.Add(list.LocalName == "ol" ? new OrderedList(built, start) : new BulletList(built));
    }

    /// <summary>A list or a text directly inside a list belongs to the item before it.</summary>
    private void AppendStray(List<List<Block>> items, INode node, Style style)
    {
        var flow = new Flow(Entered);
        if (node is IElement element)
        {
            Element(flow, element, style);
        }
        else
        {
            AppendText(flow, node.TextContent, style);
        }

        flow.EndLine(style.Align);
        flow.EndList();
        if (flow.Blocks.Count == 0)
        {
            return;
        }

        if (items.Count > 0)
        {
            items[^1].AddRange(flow.Blocks);
        }
        else
        {
            items.Add(flow.Blocks);
        }
    }

    private void AppendWordItem(Flow flow, IElement paragraph, int level, Style style)
    {
        flow.EndLine(style.Align);
        var marker = new StringBuilder();
        foreach (var span in paragraph.GetElementsByTagName("span"))
        {
            marker.Append(WordList.IsMarker(span.GetAttribute("style")) ? span.TextContent : "");
        }

        var number = marker.ToString().Trim(' ', '\t', '\r', '\n', '\u00a0');
        if (WordList.IsChineseMarker(number))
        {
            flow.Line.Append(number, style.Marks, style.Link);
            Children(flow, paragraph, Inside(paragraph, style));
            flow.EndLine(AlignOf(paragraph, style.Align));
            return;
        }

        flow.WordList.Add(level, number, Blocks(paragraph, TextAlign.Left, Inside(paragraph, style)));
    }

    private void AppendTable(Flow flow, IElement table, Style style)
    {
        flow.EndLine(style.Align);
        var rows = RowsOf(table).ToList();
        if (IsLayout(table, rows))
        {
            foreach (var cell in rows.SelectMany(row => row.Children))
            {
                AppendContainer(flow, cell, style);
            }

            return;
        }

        var inner = Inside(table, style);
        var built = new List<TableRow>(rows.Count);
        foreach (var row in rows)
        {
            if (Row(row, inner) is { Cells.Count: > 0 } filled)
            {
                built.Add(filled);
            }
        }

        if (built.Count > 0)
        {
            var caption = table.Children.FirstOrDefault(child => child.LocalName == "caption")?.TextContent ?? "";
            flow.Add(new Table([.. built], TextRules.Collapse(caption)));
        }
    }

    private static IEnumerable<IElement> RowsOf(IElement table) =>
        table.Children.SelectMany(child => child.LocalName switch
        {
            "tr" => [child],
            "thead" or "tbody" or "tfoot" => child.Children.Where(row => row.LocalName == "tr"),
            _ => Enumerable.Empty<IElement>(),
        });

    private static bool IsCell(IElement element) => element.LocalName is "td" or "th";

    /// <summary>
    /// Old sites laid out whole pages with tables: a table around tables, or around a single cell, is no table.
    /// </summary>
    private static bool IsLayout(IElement table, List<IElement> rows)
    {
        if (table.ParentElement?.ClassList.Contains("p-table") == true)
        {
            return false;
        }

        return table.GetAttribute("role") is "presentation" or "none"
            || rows.Sum(row => row.Children.Length) <= 1
            || table.GetElementsByTagName("table").Length > 0;
    }

    private TableRow Row(IElement row, Style style)
    {
        var inHead = row.ParentElement?.LocalName == "thead";
        var cells = row.Children.Where(IsCell).ToList();
        var mixed = cells.Exists(cell => cell.LocalName == "td");
        return new TableRow([.. cells.Select((cell, index) =>
        {
            var usual = !inHead && mixed && index == 0 ? HeaderScope.Row : HeaderScope.Col;
            return Cell(cell, cell.LocalName == "th" || inHead ? ScopeOf(cell, usual) : null, style);
        })]);
    }

    private TableCell Cell(IElement cell, HeaderScope? scope, Style style)
    {
        Entered(1);
        return new TableCell(
            Blocks(cell, AlignOf(cell, TextAlign.Left), Inside(cell, style)),
            scope,
            Span(cell, "colspan"),
            Span(cell, "rowspan"));
    }

    private static HeaderScope ScopeOf(IElement cell, HeaderScope usual) => cell.GetAttribute("scope") switch
    {
        "col" => HeaderScope.Col,
        "row" => HeaderScope.Row,
        "colgroup" => HeaderScope.Colgroup,
        "rowgroup" => HeaderScope.Rowgroup,
        _ => usual,
    };

    private static int Span(IElement cell, string name) =>
        int.TryParse(cell.GetAttribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var span)
            ? Math.Clamp(span, 1, TableCell.MaxSpan)
            : 1;

    private void AppendFigure(Flow flow, IElement figure, Style style)
    {
        var caption = TextRules.Collapse(figure.QuerySelector("figcaption")?.TextContent ?? "");
        if (figure.Children.FirstOrDefault(child => child.LocalName is "img" or "video") is { } item
            && figure.Children.All(child => child == item || child.LocalName == "figcaption"))
        {
            if (item.LocalName == "img")
            {
                AppendImage(flow, item, style, caption);
            }
            else
            {
                AppendVideo(flow, item, style);
            }

            return;
        }

        AppendContainer(flow, figure, style);
    }

    private void AppendImage(Flow flow, IElement image, Style style, string caption)
    {
        if (references.Media(image.GetAttribute("src") ?? "") is not { } id)
        {
            Count("img");
            return;
        }

        flow.EndLine(style.Align);
        var alt = image.GetAttribute("alt");
        flow.Add(new Image(id, alt ?? "", Decorative: alt is { Length: 0 }, caption));
    }

    private void AppendVideo(Flow flow, IElement video, Style style)
    {
        if (references.Media(video.GetAttribute("src") ?? "") is not { } id)
        {
            Count("video");
            return;
        }

        flow.EndLine(style.Align);
        flow.Add(new Video(id, video.GetAttribute("aria-label") ?? video.GetAttribute("title") ?? ""));
    }

    private Attachment? AttachmentOf(IElement paragraph) =>
        paragraph.Children.FirstOrDefault(child => child.LocalName == "a") is { } anchor
        && references.Media(anchor.GetAttribute("href") ?? "") is { } id
            ? new Attachment(
                id,
                anchor.GetAttribute("download") is { Length: > 0 } name ? name : "",
                long.TryParse(
                    paragraph.QuerySelector("data")?.GetAttribute("value"),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var size) ? size : 0,
                anchor.GetAttribute("type") ?? "")
            : null;

    /// <summary>Stops as soon as the tree is larger than it may become, not only when it is whole.</summary>
    private void Entered(int count)
    {
        nodes += count;
        if (nodes > limits.Nodes)
        {
            throw new RichTextException(new RichError(RichFault.TooManyNodes));
        }
    }

    private void Count(string name) => removed[name] = removed.GetValueOrDefault(name) + 1;
}
