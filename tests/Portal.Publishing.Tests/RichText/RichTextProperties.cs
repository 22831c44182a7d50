using FsCheck;
using FsCheck.Xunit;
using Portal.Publishing.RichText;

namespace Portal.Publishing.Tests.RichText;

[Properties(Arbitrary = [typeof(RichTextProperties)], MaxTest = 400)]
public sealed class RichTextProperties
{
    internal static Arbitrary<RichDocument> Documents() => RandomDocument.Arbitrary();

    [Property]
    internal void Canonical_json_reads_back_to_the_same_document(RichDocument document)
    {
        var json = document.ToJson();
        var reading = RichJsonReader.Read(json);
        Assert.True(reading.Succeeded, reading.Error?.ToString());
        Assert.Equal(document, reading.Document);
        Assert.Equal(json, reading.Document.ToJson());
        Assert.Equal(document.ToJson(), reading.Document.ToJson());
    }

    [Property]
    internal void Whatever_the_tree_holds_the_page_stays_inside_the_allow_list(RichDocument document) =>
        AllowList.Check(Page.Render(document));

    [Property]
    internal void A_page_that_was_read_renders_the_same_again(RichDocument document)
    {
        // The first reading lays down what HTML cannot tell apart: runs of blanks, breaks at the end of a line.
        var first = Page.Render(Page.Read(Page.Render(document)));
        Assert.Equal(first, Page.Render(Page.Read(first)));
    }

    [Property]
    internal void Plain_text_saved_unchanged_changes_nothing(RichDocument document)
    {
        var reading = PlainTextReader.Read(PlainTextWriter.Write(document));
        Assert.True(reading.Succeeded, reading.Error?.ToString());
        Assert.Equal(document.ToJson(), reading.Document.ToJson());
    }

    [Property]
    internal void A_comparison_gives_both_documents_back(RichDocument before, RichDocument after)
    {
        var comparison = RichDiff.Compare(before, after);
        Assert.Equal(before.Content, Side(comparison, node => node.Before));
        Assert.Equal(after.Content, Side(comparison, node => node.After));
        Assert.All(comparison, CheckNode);
    }

    [Property]
    internal void A_document_does_not_differ_from_itself(RichDocument document) =>
        Assert.All(RichDiff.Compare(document, document), node => Assert.Equal(Change.Unchanged, node.Change));

    [Property]
    public void Line_segments_give_both_lines_back(string? before, string? after)
    {
        var (left, right) = (new Text(before ?? "").Value, new Text(after ?? "").Value);
        var segments = TextDiff.Compare(left, right);
        Assert.Equal(left, Side(segments, Change.Deleted));
        Assert.Equal(right, Side(segments, Change.Inserted));
    }

    [Property]
    public void Text_is_kept_in_one_form(string? text)
    {
        var once = new Text(text ?? "").Value;
        Assert.Equal(once, new Text(once).Value);
        Assert.True(once.IsNormalized());
        var line = TextRules.Line(text);
        Assert.Equal(line with { Changes = TextChange.None }, TextRules.Line(line.Value));
    }

    [Property]
    public void Reading_never_throws(string? text)
    {
        foreach (var read in (Func<string, Reading>[])
            [
                t => RichJsonReader.Read(t),
                t => MarkdownReader.Read(t),
                t => HtmlReader.Read(t),
                t => PlainTextReader.Read(t),
            ])
        {
            var reading = read(text ?? "");
            Assert.True(reading.Succeeded || reading.Error is not null);
        }
    }

    private static NodeList<Block> Side(IEnumerable<DiffNode> nodes, Func<DiffNode, RichNode?> side) =>
        [.. nodes.Select(side).OfType<Block>()];

    private static string Side(IEnumerable<DiffSegment> segments, Change change) =>
        string.Concat(segments.Where(segment => segment.Change == Change.Unchanged || segment.Change == change)
            .Select(segment => segment.Text));

    private static void CheckNode(DiffNode node)
    {
        if (node is { Change: Change.Changed, Before: TextBlock before, After: TextBlock after })
        {
            Assert.Equal(before.PlainText(), Side(node.Segments, Change.Deleted));
            Assert.Equal(after.PlainText(), Side(node.Segments, Change.Inserted));
        }

        Assert.Equal(Inner(node.Change == Change.Changed ? node.Before : null), Parts(node.Parts, part => part.Before));
        Assert.Equal(Inner(node.Change == Change.Changed ? node.After : null), Parts(node.Parts, part => part.After));
        Assert.All(node.Parts, CheckNode);
    }

    private static IEnumerable<RichNode> Parts(IEnumerable<DiffNode> parts, Func<DiffNode, RichNode?> side) =>
        parts.Select(side).OfType<RichNode>();

    private static IEnumerable<RichNode> Inner(RichNode? node) => node switch
    {
        BulletList list => list.Items,
        OrderedList list => list.Items,
        Blockquote quote => quote.Content,
        Table table => table.Rows,
        TableRow row => row.Cells,
        ListItem item => item.Content,
        TableCell cell => cell.Content,
        _ => [],
    };
}
