namespace Portal.Publishing.RichText;

/// <summary>A rich text: an immutable tree of the closed set of nodes.</summary>
internal sealed record RichDocument(NodeList<Block> Content)
{
    public static RichDocument Empty { get; } = new([]);

    /// <summary>The canonical JSON; equal documents give equal text.</summary>
    public string ToJson() => RichJsonWriter.Write(this);
}
