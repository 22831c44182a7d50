namespace Portal.Publishing.RichText;

/// <summary>
/// A block, list item, table row or cell in a comparison. A changed line has segments; a changed list, table or
/// quotation has parts. Before and after are the nodes themselves, so either document can be put together again.
/// </summary>
internal sealed record DiffNode(Change Change, RichNode? Before, RichNode? After)
{
    public IReadOnlyList<DiffSegment> Segments { get; init; } = [];

    public IReadOnlyList<DiffNode> Parts { get; init; } = [];

    /// <summary>The words are the same; marks, links, alignment or level are not.</summary>
    public bool OnlyFormat =>
        Change == Change.Changed
        && Parts.Count == 0
        && Segments.All(segment => segment.Change == Change.Unchanged);
}

/// <summary>Compares two documents block by block and, inside a changed block, character by character.</summary>
internal static class RichDiff
{
    private const int MaxBlockChanges = 1_000;

    public static IReadOnlyList<DiffNode> Compare(RichDocument before, RichDocument after) =>
        Compare(before.Content, after.Content);

    private static List<DiffNode> Compare<T>(NodeList<T> before, NodeList<T> after)
        where T : RichNode
    {
        var words = new Likeness<RichNode>(TextOf);
        var aligned = Alignment.Align<RichNode>(before, after, MaxBlockChanges, (a, b) => Similarity(words, a, b));
        return [.. aligned.Select(pair => pair.Change == Change.Changed
            ? Changed(pair.Before!, pair.After!)
            : new DiffNode(pair.Change, pair.Before, pair.After))];
    }

    private static DiffNode Changed(RichNode before, RichNode after)
    {
        var node = new DiffNode(Change.Changed, before, after);
        return (before, after) switch
        {
            (TextBlock a, TextBlock b) => node with { Segments = TextDiff.Compare(a.PlainText(), b.PlainText()) },
            (BulletList a, BulletList b) => node with { Parts = Compare(a.Items, b.Items) },
            (OrderedList a, OrderedList b) => node with { Parts = Compare(a.Items, b.Items) },
            (Blockquote a, Blockquote b) => node with { Parts = Compare(a.Content, b.Content) },
            (Table a, Table b) => node with { Parts = Compare(a.Rows, b.Rows) },
            (ListItem a, ListItem b) => node with { Parts = Compare(a.Content, b.Content) },
            (TableCell a, TableCell b) => node with { Parts = Compare(a.Content, b.Content) },
            (TableRow a, TableRow b) => node with { Parts = CompareCells(a.Cells, b.Cells) },
            _ => throw new ArgumentOutOfRangeException(nameof(before), before, "Nodes of one kind are compared."),
        };
    }

    /// <summary>Cells stay in their columns: in rows of the same width the n-th is compared with the n-th.</summary>
    private static List<DiffNode> CompareCells(NodeList<TableCell> before, NodeList<TableCell> after) =>
        before.Count != after.Count
            ? Compare(before, after)
            : [.. before.Zip(after, (a, b) => a == b ? new DiffNode(Change.Unchanged, a, b) : Changed(a, b))];

    private static double Similarity(Likeness<RichNode> words, RichNode before, RichNode after) =>
        (before, after) switch
        {
            (Heading, TextBlock and not Heading) or (TextBlock and not Heading, Heading) => 0,
            (TextBlock, TextBlock) => words.Of(before, after),
            // A list or a table in the place of another of its kind is that list or table after a change.
            (BulletList, BulletList) or (OrderedList, OrderedList) or (Blockquote, Blockquote) or (Table, Table)
                => 0.5 + (words.Of(before, after) / 2),
            (ListItem, ListItem) or (TableRow, TableRow) or (TableCell, TableCell) => words.Of(before, after),
            _ => 0,
        };

    private static string TextOf(RichNode node) => node switch
    {
        TextBlock line => line.PlainText(),
        Block block => new RichDocument([block]).PlainText(),
        ListItem item => new RichDocument(item.Content).PlainText(),
        TableCell cell => new RichDocument(cell.Content).PlainText(),
        TableRow row => new RichDocument([new Table([row])]).PlainText(),
        _ => "",
    };
}
