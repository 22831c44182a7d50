using System.Globalization;

namespace Portal.Publishing.RichText;

// The closed set of nodes. A node checks and cleans what it is given, so a tree that exists is a tree that may be
// shown: nothing outside this file has to be sanitised again.

internal abstract record RichNode;

/// <summary>What a document, a list item, a table cell or a quotation holds.</summary>
internal abstract record Block : RichNode;

/// <summary>What a paragraph, a heading or a document number holds.</summary>
internal abstract record Inline : RichNode;

/// <summary>A block that holds a line of text.</summary>
internal abstract record TextBlock : Block
{
    private protected TextBlock(NodeList<Inline> content) => Content = InlineBuilder.Merge(content);

    public NodeList<Inline> Content { get; }
}

internal enum TextAlign
{
    Left,
    Center,
    Right,
}

internal sealed record Paragraph(NodeList<Inline> Content, TextAlign Align = TextAlign.Left) : TextBlock(Content)
{
    public static Paragraph Empty { get; } = new([]);

    public static Paragraph Of(string text) => new([new Text(text)]);
}

internal sealed record Heading : TextBlock
{
    public const int TopLevel = 2;
    public const int BottomLevel = 4;

    public Heading(int level, NodeList<Inline> content)
        : base(content)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, TopLevel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, BottomLevel);
        Level = level;
    }

    public int Level { get; }
}

/// <summary>文号, for example 云政发〔2026〕12号, set on its own line under the title.</summary>
internal sealed record DocumentNumber(NodeList<Inline> Content) : TextBlock(Content);

internal sealed record BulletList(NodeList<ListItem> Items) : Block
{
    public NodeList<ListItem> Items { get; } = Guard.NotEmpty(Items);
}

internal sealed record OrderedList(NodeList<ListItem> Items, int Start = 1) : Block
{
    public NodeList<ListItem> Items { get; } = Guard.NotEmpty(Items);

    public int Start { get; } = Guard.InRange(Start, 0, 999_999_999);
}

/// <summary>The editor's schema asks that an item begins with a paragraph.</summary>
internal sealed record ListItem(NodeList<Block> Content) : RichNode
{
    public NodeList<Block> Content { get; } =
        Content is [Paragraph, ..] ? Content : [Paragraph.Empty, .. Content];
}

internal sealed record Blockquote(NodeList<Block> Content) : Block
{
    public NodeList<Block> Content { get; } = Guard.OrEmptyParagraph(Content);
}

internal sealed record Table(NodeList<TableRow> Rows, string Caption = "") : Block
{
    public NodeList<TableRow> Rows { get; } = Guard.NotEmpty(Rows);

    public string Caption { get; } = RichString.Line(Caption);
}

internal sealed record TableRow(NodeList<TableCell> Cells) : RichNode;

internal enum HeaderScope
{
    Col,
    Row,
    Colgroup,
    Rowgroup,
}

/// <summary>A cell; with a scope it is a header cell.</summary>
internal sealed record TableCell(NodeList<Block> Content, HeaderScope? Scope = null, int Colspan = 1, int Rowspan = 1)
    : RichNode
{
    public const int MaxSpan = 50;

    public NodeList<Block> Content { get; } = Guard.OrEmptyParagraph(Content);

    public int Colspan { get; } = Guard.InRange(Colspan, 1, MaxSpan);

    public int Rowspan { get; } = Guard.InRange(Rowspan, 1, MaxSpan);

    public bool IsHeader => Scope is not null;
}

internal sealed record Image(Guid MediaId, string Alt = "", bool Decorative = false, string Caption = "") : Block
{
    public string Alt { get; } = RichString.Line(Alt);

    public string Caption { get; } = RichString.Line(Caption);
}

internal sealed record Attachment(Guid MediaId, string Name, long Size, string MediaType) : Block
{
    public string Name { get; } = RichString.Line(Name);

    public long Size { get; } = Math.Max(0, Size);

    public string MediaType { get; } = RichString.Line(MediaType);
}

internal sealed record Video(Guid MediaId, string Title = "") : Block
{
    public string Title { get; } = RichString.Line(Title);
}

internal sealed record HorizontalRule : Block;

internal sealed record HardBreak : Inline;

[Flags]
internal enum Marks
{
    None = 0,
    Bold = 1,
    Italic = 2,
    Underline = 4,
    Strike = 8,
    Superscript = 16,
    Subscript = 32,
}

internal sealed record Text(string Value, Marks Marks = Marks.None, Link? Link = null) : Inline
{
    public string Value { get; } = RichString.Clean(Value);
}

file static class Guard
{
    public static NodeList<T> NotEmpty<T>(NodeList<T> items)
        where T : RichNode =>
        items.Count > 0
            ? items
            : throw new ArgumentException("A list or a table holds at least one row.", nameof(items));

    public static NodeList<Block> OrEmptyParagraph(NodeList<Block> content) =>
        content.Count > 0 ? content : [Paragraph.Empty];

    public static int InRange(int value, int min, int max) =>
        value >= min && value <= max
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, string.Create(CultureInfo.InvariantCulture, $"Between {min} and {max}."));
}
