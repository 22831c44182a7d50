using System.Text;

namespace Portal.Publishing.RichText;

/// <summary>
/// Collects the content of a line; neighbours with the same marks become one text, as the editor keeps them.
/// </summary>
internal sealed class InlineBuilder
{
    private readonly List<Inline> items = [];
    private readonly StringBuilder run = new();
    private Marks marks;
    private Link? link;

    public bool IsEmpty => items.Count == 0 && run.Length == 0;

    public void Append(ReadOnlySpan<char> text, Marks textMarks = Marks.None, Link? textLink = null)
    {
        if (text.IsEmpty)
        {
            return;
        }

        if (run.Length > 0 && (marks != textMarks || link != textLink))
        {
            EndRun();
        }

        (marks, link) = (textMarks, textLink);
        run.Append(text);
    }

    public void Append(Inline inline)
    {
        if (inline is Text text)
        {
            Append(text.Value, text.Marks, text.Link);
            return;
        }

        EndRun();
        items.Add(inline);
    }

    /// <summary>The collected line; the builder is empty afterwards.</summary>
    public NodeList<Inline> Build()
    {
        EndRun();
        NodeList<Inline> content = [.. items];
        items.Clear();
        return content;
    }

    /// <summary>The same content without empty texts and with equal neighbours joined.</summary>
    public static NodeList<Inline> Merge(NodeList<Inline> content)
    {
        if (IsMerged(content.AsSpan()))
        {
            return content;
        }

        var builder = new InlineBuilder();
        foreach (var inline in content)
        {
            builder.Append(inline);
        }

        return builder.Build();
    }

    private static bool IsMerged(ReadOnlySpan<Inline> content)
    {
        Text? previous = null;
        foreach (var inline in content)
        {
            var text = inline as Text;
            if (text is { Value.Length: 0 }
                || (text is not null
                    && previous is not null
                    && text.Marks == previous.Marks
                    && text.Link == previous.Link))
            {
                return false;
            }

            previous = text;
        }

        return true;
    }

    private void EndRun()
    {
        if (run.Length == 0)
        {
            return;
        }

        var text = new Text(run.ToString(), marks, link);
        run.Clear();
        if (text.Value.Length > 0)
        {
            items.Add(text);
        }
    }
}
