using System.Collections.Frozen;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace Portal.Publishing.RichText;

/// <summary>
/// Watches the parser at work and stops it where its cost would leave the line: depth, number of elements, and unclosed
/// formatting that a parser opens anew in every block that follows.
/// </summary>
internal sealed class HtmlGuard(RichLimits limits)
{
    private const int MaxReopened = 2_000_000;

    private static readonly FrozenSet<string> Formatting = FrozenSet.Create(
        StringComparer.Ordinal,
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u");

    private IElement? previous;
    private int elements;
    private int openFormatting;
    private long reopened;

    public HtmlParserOptions Options => new()
    {
        MaximumDepth = limits.HtmlDepth + 8,
        DisableElementPositionTracking = true,
        OnCreated = (element, _) => Created(element),
        OnToken = (token, _) => Read(token),
    };

    private void Created(IElement element)
    {
        if (++elements > limits.Nodes * 2L)
        {
            throw new RichTextException(new RichError(RichFault.TooManyNodes));
        }

        // The element itself has no place yet; the one before it has.
        var depth = 0;
        for (INode? node = previous; node is not null; node = node.Parent)
        {
            depth++;
        }

        if (depth > limits.HtmlDepth)
        {
            throw new RichTextException(new RichError(RichFault.TooDeep));
        }

        previous = element;
    }

    private void Read(HtmlToken token)
    {
        if (token.Type is HtmlTokenType.StartTag or HtmlTokenType.EndTag && Formatting.Contains(token.Name))
        {
            openFormatting = token.Type == HtmlTokenType.EndTag ? Math.Max(0, openFormatting - 1)
                : token.Name == "a" ? Math.Max(1, openFormatting)
                : openFormatting + 1;
            return;
        }

        reopened += openFormatting;
        if (reopened > MaxReopened)
        {
            throw new RichTextException(new RichError(RichFault.TooComplex));
        }
    }
}
