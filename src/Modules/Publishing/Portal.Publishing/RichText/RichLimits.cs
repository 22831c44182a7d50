namespace Portal.Publishing.RichText;

/// <summary>Caps that hold before and while foreign text is read.</summary>
internal sealed record RichLimits
{
    public static RichLimits Default { get; } = new();

    /// <summary>UTF-8 size of the input.</summary>
    public int Bytes { get; init; } = 1_048_576;

    public int Nodes { get; init; } = 50_000;

    /// <summary>Depth of the node tree; a list in a list counts two.</summary>
    public int Depth { get; init; } = 40;

    /// <summary>Depth of HTML elements before they become nodes.</summary>
    public int HtmlDepth { get; init; } = 256;
}
