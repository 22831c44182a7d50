using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace Portal.Publishing.RichText;

/// <summary>A line of the plain-text form that carries a node which text cannot show: <c>[[image:{…}]]</c>.</summary>
internal sealed class NodeMarker(BlockParser parser, Block node) : LeafBlock(parser)
{
    public Block Node { get; } = node;
}

/// <summary>Reads marker lines; a line that only looks like one stays text.</summary>
internal sealed class NodeMarkerParser : BlockParser
{
    public const string Start = "[[";
    public const string End = "]]";

    private readonly RichLimits limits;

    public NodeMarkerParser(RichLimits limits)
    {
        this.limits = limits;
        OpeningCharacters = ['['];
    }

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.IsCodeIndent || Read(processor.Line, limits) is not { } node)
        {
            return BlockState.None;
        }

        processor.NewBlocks.Push(new NodeMarker(this, node));
        return BlockState.BreakDiscard;
    }

    private static Block? Read(StringSlice slice, RichLimits limits)
    {
        var text = slice.AsSpan().TrimEnd();
        if (!text.StartsWith(Start) || !text.EndsWith(End))
        {
            return null;
        }

        text = text[Start.Length..^End.Length];
        var colon = text.IndexOf(':');
        if (colon < 0 || !text[(colon + 1)..].StartsWith('{'))
        {
            return null;
        }

        try
        {
            var node = RichJsonReader.ReadBlock(text[(colon + 1)..].ToString(), limits);
            return text[..colon].SequenceEqual(NodeNames.Of(node)) ? node : null;
        }
        catch (Exception exception) when (exception is RichTextException or System.Text.Json.JsonException
            or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
