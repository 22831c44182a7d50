using System.Collections.Frozen;

namespace Portal.Publishing.RichText;

/// <summary>The names that the editor (TipTap 3) writes.</summary>
internal static class NodeNames
{
    public const string Doc = "doc";
    public const string Paragraph = "paragraph";
    public const string Heading = "heading";
    public const string DocumentNumber = "documentNumber";
    public const string BulletList = "bulletList";
    public const string OrderedList = "orderedList";
    public const string ListItem = "listItem";
    public const string Blockquote = "blockquote";
    public const string Table = "table";
    public const string TableRow = "tableRow";
    public const string TableHeader = "tableHeader";
    public const string TableCell = "tableCell";
    public const string Image = "image";
    public const string Attachment = "attachment";
    public const string Video = "video";
    public const string HorizontalRule = "horizontalRule";
    public const string HardBreak = "hardBreak";
    public const string Text = "text";
    public const string Link = "link";

    public static FrozenSet<string> All { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        Doc, Paragraph, Heading, DocumentNumber, BulletList, OrderedList, ListItem, Blockquote, Table, TableRow,
        TableHeader, TableCell, Image, Attachment, Video, HorizontalRule, HardBreak, Text);

    /// <summary>In the order in which they are written, the outermost first.</summary>
    public static (Marks Mark, string Name)[] Marks { get; } =
    [
        (RichText.Marks.Bold, "bold"),
        (RichText.Marks.Italic, "italic"),
        (RichText.Marks.Underline, "underline"),
        (RichText.Marks.Strike, "strike"),
        (RichText.Marks.Superscript, "superscript"),
        (RichText.Marks.Subscript, "subscript"),
    ];

    public static string Of(Block block) => block switch
    {
        RichText.Paragraph => Paragraph,
        RichText.Heading => Heading,
        RichText.DocumentNumber => DocumentNumber,
        RichText.BulletList => BulletList,
        RichText.OrderedList => OrderedList,
        RichText.Blockquote => Blockquote,
        RichText.Table => Table,
        RichText.Image => Image,
        RichText.Attachment => Attachment,
        RichText.Video => Video,
        RichText.HorizontalRule => HorizontalRule,
        _ => throw new ArgumentOutOfRangeException(nameof(block), block, "Not of the closed set."),
    };
}
