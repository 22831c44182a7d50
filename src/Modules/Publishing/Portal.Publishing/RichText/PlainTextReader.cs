using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;

namespace Portal.Publishing.RichText;

/// <summary>
/// Reads what the textarea posts where no script runs: an empty line parts paragraphs, "## " begins a heading, "- "
/// and "1. " a list, "|" a table. Signs that mean something to Markdown but nothing to an office (*, _, ~, `, &amp;)
/// are read as they stand; marks are short tags (<see cref="MarkTags"/>), and nodes that text cannot show are marker
/// lines.
/// </summary>
internal static class PlainTextReader
{
    private static readonly MarkdownReferences ById = new()
    {
        Image = static key => Guid.TryParseExact(key, "D", out var id) ? id : null,
        Document = static key => Guid.TryParseExact(key, "D", out var id) ? id : null,
    };

    private static readonly MarkdownPipeline Pipeline = CreatePipeline();

    public static Reading Read(string text, RichLimits? limits = null) =>
        MarkdownReader.Read(
            LinkDefinitions.EscapeWords(text, all: true),
            Pipeline,
            new MarkdownTree(ById, tagsAreMarks: true),
            limits ?? RichLimits.Default);

    private static MarkdownPipeline CreatePipeline()
    {
        var builder = MarkdownReader.CreateBuilder();
        builder.BlockParsers.RemoveAll(parser => parser is HtmlBlockParser or FencedCodeBlockParser);
        builder.BlockParsers.Insert(0, new NodeMarkerParser(RichLimits.Default));
        builder.InlineParsers.RemoveAll(parser => parser is CodeInlineParser or HtmlEntityParser);
        // The extension for tables looks for the parser of emphasis to stand before; without it, it is put there by
        // hand.
        var emphasis = builder.InlineParsers.FindIndex(parser => parser is EmphasisInlineParser);
        builder.InlineParsers[emphasis] = new PipeTableParser(
            builder.InlineParsers.FindExact<LineBreakInlineParser>()!, new PipeTableOptions());
        return builder.Build();
    }
}
