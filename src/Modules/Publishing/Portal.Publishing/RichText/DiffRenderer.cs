using System.Text;

namespace Portal.Publishing.RichText;

/// <summary>Words for those who do not see colours, in the language of the page: 新增, 删除, 格式调整.</summary>
internal sealed record DiffLabels(string Inserted, string Deleted, string Reformatted);

/// <summary>Shows a comparison: the later document, with what came in ins and what went in del.</summary>
internal sealed class DiffRenderer
{
    private readonly RenderContext context;
    private readonly DiffLabels labels;
    private readonly StringBuilder output;

    private DiffRenderer(RenderContext context, DiffLabels labels, StringBuilder output) =>
        (this.context, this.labels, this.output) = (context, labels, output);

    public static string Render(IReadOnlyList<DiffNode> comparison, RenderContext context, DiffLabels labels)
    {
        var output = new StringBuilder(1_024);
        new DiffRenderer(context, labels, output).Nodes(comparison);
        return output.ToString();
    }

    private void Nodes(IReadOnlyList<DiffNode> nodes)
    {
        foreach (var node in nodes)
        {
            Node(node);
        }
    }

    private void Node(DiffNode node)
    {
        switch (node)
        {
            case { Before: ListItem } or { After: ListItem }:
                output.Append("<li>");
                Content(node, item => ((ListItem)item).Content);
                output.Append("</li>\n");
                break;
            case { Before: TableRow } or { After: TableRow }:
                Row(node);
                break;
            case { Before: TableCell } or { After: TableCell }:
                Cell(node, node.Change);
                break;
            default:
                Block(node);
                break;
        }
    }

    private void Block(DiffNode node)
    {
        switch (node)
        {
            case { Change: Change.Unchanged, After: Block same }:
                HtmlRenderer.Render(same, context, output);
                break;
            case { Change: Change.Inserted, After: Block added }:
                Marked(Change.Inserted, [added]);
                break;
            case { Change: Change.Deleted, Before: Block gone }:
                Marked(Change.Deleted, [gone]);
                break;
            case { After: TextBlock line }:
                Line(node, line);
                break;
            case { After: BulletList }:
                Wrapped("ul", node);
                break;
            case { After: OrderedList list }:
                Wrapped("ol", node, list.Start == 1 ? "" : $" start=\"{list.Start}\"");
                break;
            case { After: Blockquote }:
                Wrapped("blockquote", node);
                break;
            case { Before: Table before, After: Table after }:
                Table(node, before, after);
                break;
        }
    }

    private void Wrapped(string element, DiffNode node, string attributes = "")
    {
        output.Append('<').Append(element).Append(attributes).Append(">\n");
        Nodes(node.Parts);
        output.Append("</").Append(element).Append(">\n");
    }

    private void Line(DiffNode node, TextBlock line)
    {
        var element = line is Heading heading ? "h" + (char)('0' + heading.Level) : "p";
        output.Append('<').Append(element).Append(" class=\"p-diff-changed\">");
        if (node.OnlyFormat)
        {
            Hidden(labels.Reformatted);
        }

        foreach (var segment in node.Segments)
        {
            Inline(segment);
        }

        output.Append("</").Append(element).Append(">\n");
    }

    private void Table(DiffNode node, Table before, Table after)
    {
        HtmlRenderer.OpenTable(after.Caption, context, output);
        var caption = TextDiff.Compare(before.Caption, after.Caption);
        if (caption.Count > 0)
        {
            output.Append("<caption>");
            foreach (var segment in caption)
            {
                Inline(segment);
            }

            output.Append("</caption>\n");
        }

        output.Append("<tbody>\n");
        Nodes(node.Parts);
        output.Append("</tbody>\n</table>\n</div>\n");
    }

    private void Row(DiffNode node)
    {
        output.Append("<tr>\n");
        if (node.Change == Change.Changed)
        {
            Nodes(node.Parts);
        }
        else
        {
            foreach (var cell in ((TableRow)(node.After ?? node.Before)!).Cells)
            {
                Cell(new DiffNode(node.Change, cell, cell), node.Change);
            }
        }

        output.Append("</tr>\n");
    }

    private void Cell(DiffNode node, Change change)
    {
        var cell = (TableCell)(node.After ?? node.Before)!;
        var element = cell.IsHeader ? "th" : "td";
        output.Append('<').Append(element);
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
        Content(node with { Change = change }, item => ((TableCell)item).Content);
        output.Append("</").Append(element).Append(">\n");
    }

    private void Content(DiffNode node, Func<RichNode, NodeList<Block>> content)
    {
        if (node.Change == Change.Changed)
        {
            Nodes(node.Parts);
        }
        else if (node.Change == Change.Unchanged)
        {
            Blocks(content(node.After!));
        }
        else
        {
            Marked(node.Change, content((node.Change == Change.Inserted ? node.After : node.Before)!));
        }
    }

    private void Marked(Change change, NodeList<Block> blocks)
    {
        var tag = Tag(change);
        output.Append('<').Append(tag).Append(" class=\"p-diff-block\">");
        Hidden(change == Change.Inserted ? labels.Inserted : labels.Deleted);
        Blocks(blocks);
        output.Append("</").Append(tag).Append(">\n");
    }

    private void Blocks(NodeList<Block> blocks)
    {
        foreach (var block in blocks)
        {
            HtmlRenderer.Render(block, context, output);
        }
    }

    private void Inline(DiffSegment segment)
    {
        if (Tag(segment.Change) is not { } tag)
        {
            Text(segment.Text);
            return;
        }

        output.Append('<').Append(tag).Append('>');
        Hidden(segment.Change == Change.Inserted ? labels.Inserted : labels.Deleted);
        Text(segment.Text);
        output.Append("</").Append(tag).Append('>');
    }

    private void Hidden(string words) =>
        output.Append("<span class=\"p-hidden\">").AppendText(words).Append("</span>");

    private void Text(ReadOnlySpan<char> text)
    {
        while (text.IndexOf('\n') is >= 0 and var end)
        {
            output.AppendText(text[..end]).Append("<br>");
            text = text[(end + 1)..];
        }

        output.AppendText(text);
    }

    private static string? Tag(Change change) => change switch
    {
        Change.Inserted => "ins",
        Change.Deleted => "del",
        _ => null,
    };
}
