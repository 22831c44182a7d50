namespace Portal.Publishing.RichText;

/// <summary>Holds what foreign text became to the same caps as the editor's JSON.</summary>
internal static class TreeSize
{
    public static Reading Check(RichDocument document, RichLimits limits, IReadOnlyList<Removed>? removed = null)
    {
        var (nodes, depth) = Measure(document.Content);
        return depth > limits.Depth ? Reading.Refused(new RichError(RichFault.TooDeep))
            : nodes > limits.Nodes ? Reading.Refused(new RichError(RichFault.TooManyNodes))
            : Reading.Of(document, removed);
    }

    private static (int Nodes, int Depth) Measure(NodeList<Block> blocks)
    {
        var (nodes, depth) = (0, 0);
        foreach (var block in blocks)
        {
            var inner = block switch
            {
                TextBlock { Content.Count: var count } => (Nodes: count, Depth: count > 0 ? 1 : 0),
                BulletList list => Measure(list.Items),
                OrderedList list => Measure(list.Items),
                Blockquote quote => Measure(quote.Content),
                Table table => Measure(table.Rows),
                _ => (Nodes: 0, Depth: 0),
            };
            (nodes, depth) = (nodes + inner.Nodes + 1, Math.Max(depth, inner.Depth + 1));
        }

        return (nodes, depth);
    }

    private static (int Nodes, int Depth) Measure(NodeList<ListItem> items)
    {
        var (nodes, depth) = (0, 0);
        foreach (var item in items)
        {
            var inner = Measure(item.Content);
            (nodes, depth) = (nodes + inner.Nodes + 1, Math.Max(depth, inner.Depth + 1));
        }

        return (nodes, depth);
    }

    private static (int Nodes, int Depth) Measure(NodeList<TableRow> rows)
    {
        var (nodes, depth) = (0, 0);
        foreach (var row in rows)
        {
            nodes++;
            depth = Math.Max(depth, 1);
            foreach (var cell in row.Cells)
            {
                var inner = Measure(cell.Content);
                (nodes, depth) = (nodes + inner.Nodes + 1, Math.Max(depth, inner.Depth + 2));
            }
        }

        return (nodes, depth);
    }
}
