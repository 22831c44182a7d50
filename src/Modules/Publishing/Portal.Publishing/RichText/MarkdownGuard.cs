using System.Buffers;

namespace Portal.Publishing.RichText;

/// <summary>
/// Counts, in one pass before Markdig sees the text, what makes its cost grow with the square: signs that may begin
/// or end something in one paragraph, and lists that are pushed ever further in.
/// </summary>
internal static class MarkdownGuard
{
    private const int SignsInParagraph = 1_000;
    private const int SignsInText = 20_000;
    private const int ListColumns = 120;
    private const int ContainersInLine = 40;

    private static readonly SearchValues<char> Signs = SearchValues.Create("[]*_`<|");
    private static readonly SearchValues<char> ListSigns = SearchValues.Create("-+*>0123456789");

    public static RichError? Check(ReadOnlySpan<char> markdown, RichLimits limits)
    {
        var (lines, inParagraph, inText, cells) = (0, 0, 0, 0);
        foreach (var line in markdown.EnumerateLines())
        {
            if (++lines > limits.Nodes)
            {
                return new RichError(RichFault.TooManyNodes);
            }

            var text = line.TrimStart(" \t");
            if (text.IsEmpty)
            {
                inParagraph = 0;
                continue;
            }

            if (line.Length - text.Length > ListColumns && ListSigns.Contains(text[0]))
            {
                return new RichError(RichFault.TooDeep);
            }

            if (Containers(text) > ContainersInLine)
            {
                return new RichError(RichFault.TooDeep);
            }

            var (signs, pipes) = Count(text);
            (inParagraph, inText, cells) = (inParagraph + signs, inText + signs, cells + pipes);
            if (inParagraph > SignsInParagraph || inText > SignsInText)
            {
                return new RichError(RichFault.TooComplex);
            }

            // A cell is at least a cell, a paragraph and, mostly, a text.
            if (cells > limits.Nodes / 3)
            {
                return new RichError(RichFault.TooManyNodes);
            }
        }

        return null;
    }

    /// <summary>How many quotations and lists a line opens one inside the other: "> - 1. words" opens three.</summary>
    private static int Containers(ReadOnlySpan<char> text)
    {
        for (var count = 0; ; count++)
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            var opens = text switch
            {
                ['>', ..] => 1,
                ['-' or '+' or '*', ' ' or '\t', ..] => 1,
                _ when digits > 0 && text[digits..] is ['.' or ')', ' ' or '\t', ..] => digits + 1,
                _ => 0,
            };
            if (opens == 0 || count > ContainersInLine)
            {
                return count;
            }

            text = text[opens..].TrimStart(" \t");
        }
    }

    /// <summary>A run of one sign counts once, a long one more: "________" is a blank to fill in.</summary>
    private static (int Signs, int Pipes) Count(ReadOnlySpan<char> text)
    {
        var (signs, pipes) = (0, 0);
        while (text.IndexOfAny(Signs) is >= 0 and var at)
        {
            var sign = text[at];
            text = text[at..];
            var run = text.IndexOfAnyExcept(sign);
            run = run < 0 ? text.Length : run;
            if (sign == '|')
            {
                pipes += run;
            }
            else
            {
                signs += sign is '[' or ']' or '<' ? run : 1 + (run / 10);
            }

            text = text[run..];
        }

        return (signs, pipes);
    }
}
