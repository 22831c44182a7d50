using System.Text;
using Markdig;
using Markdig.Parsers;

namespace Portal.Publishing.RichText;

/// <summary>
/// What the keys in <c>![alt](image:key)</c>, <c>[words](doc:key)</c> and <c>[name](file:key)</c> stand for.
/// </summary>
internal sealed record MarkdownReferences
{
    public static MarkdownReferences None { get; } = new();

    public Func<string, Guid?> Image { get; init; } = static _ => null;

    public Func<string, Guid?> Document { get; init; } = static _ => null;

    public Func<string, Attachment?> File { get; init; } = static _ => null;
}

/// <summary>
/// Reads Markdown into the tree without losing a word: raw HTML, code and what has no node becomes plain text, only
/// comments are left out. A line end inside a paragraph is a line break, because Chinese text is not wrapped by hand.
/// </summary>
internal static class MarkdownReader
{
    // Far above what the node tree may hold, far below what a stack could not.
    internal const int MaxNesting = 100;

    private static readonly MarkdownPipeline Pipeline = CreatePipeline();

    public static Reading Read(string markdown, MarkdownReferences? references = null, RichLimits? limits = null) =>
        Read(
            LinkDefinitions.EscapeWords(markdown),
            Pipeline,
            new MarkdownTree(references ?? MarkdownReferences.None),
            limits ?? RichLimits.Default);

    internal static Reading Read(string markdown, MarkdownPipeline pipeline, MarkdownTree tree, RichLimits limits)
    {
        if (markdown.Length > limits.Bytes || Encoding.UTF8.GetByteCount(markdown) > limits.Bytes)
        {
            return Reading.Refused(new RichError(RichFault.TooLarge));
        }

        if (MarkdownGuard.Check(markdown, limits) is { } error)
        {
            return Reading.Refused(error);
        }

        try
        {
            var parsed = Markdown.Parse(RichString.Clean(markdown), pipeline);
            return TreeSize.Check(tree.Document(parsed), limits);
        }
        catch (RichTextException exception)
        {
            return Reading.Refused(exception.Error);
        }
        catch (ArgumentException exception) when (exception.Message.Contains("nested", StringComparison.Ordinal))
        {
            // Markdig's own guard has no exception type of its own.
            return Reading.Refused(new RichError(RichFault.TooDeep));
        }
    }

    /// <summary>
    /// Takes out what would change an official text unasked: four leading blanks are no code, a row of dashes under a
    /// line does not make it a heading.
    /// </summary>
    internal static MarkdownPipelineBuilder CreateBuilder()
    {
        var builder = new MarkdownPipelineBuilder { MaximumNestingDepth = MaxNesting };
        builder.BlockParsers.RemoveAll(parser => parser is IndentedCodeBlockParser);
        builder.BlockParsers.FindExact<ParagraphBlockParser>()!.ParseSetextHeadings = false;
        return builder.UsePipeTables();
    }

    private static MarkdownPipeline CreatePipeline() => CreateBuilder().UseCjkFriendlyEmphasis().Build();
}
