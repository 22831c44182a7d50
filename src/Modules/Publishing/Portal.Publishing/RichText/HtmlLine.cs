namespace Portal.Publishing.RichText;

/// <summary>
/// Collects a line of HTML text as a browser shows it: blanks collapse, a line end between Chinese characters is
/// nothing, two breaks end the paragraph. Blanks in front of a line (indentation typed by hand) are left to the style
/// sheet.
/// </summary>
internal sealed class HtmlLine
{
    private readonly InlineBuilder content = new();
    private bool atStart = true;
    private bool blank;
    private bool blankHasLineEnd;
    private bool lineBreak;
    private char last;

    /// <summary>True when the text that follows belongs to a new paragraph.</summary>
    public bool Break()
    {
        if (lineBreak)
        {
            return true;
        }

        lineBreak = !atStart;
        blank = blankHasLineEnd = false;
        return false;
    }

    public void Append(ReadOnlySpan<char> text, Marks marks, Link? link)
    {
        while (!text.IsEmpty)
        {
            var word = text.IndexOfAny(" \t\n\r\f");
            word = word < 0 ? text.Length : word;
            if (word == 0)
            {
                blank = true;
                blankHasLineEnd |= text[0] is '\n' or '\r';
                text = text[1..];
                continue;
            }

            AppendWord(text[..word], marks, link);
            text = text[word..];
        }
    }

    public NodeList<Inline> Build()
    {
        (atStart, blank, blankHasLineEnd, lineBreak) = (true, false, false, false);
        return content.Build();
    }

    private void AppendWord(ReadOnlySpan<char> word, Marks marks, Link? link)
    {
        if (atStart || lineBreak)
        {
            word = word.TrimStart("\u00a0\u3000\ufeff");
            if (word.IsEmpty)
            {
                blank = blankHasLineEnd = false;
                return;
            }
        }

        if (lineBreak)
        {
            content.Append(new HardBreak());
        }
        else if (blank && !atStart && !(blankHasLineEnd && IsChinese(last) && IsChinese(word[0])))
        {
            content.Append(" ", marks, link);
        }

        content.Append(word, marks, link);
        last = word[^1];
        atStart = blank = blankHasLineEnd = lineBreak = false;
    }

    private static bool IsChinese(char character) =>
        character is (>= '\u2e80' and <= '\u9fff') or (>= '\uf900' and <= '\ufaff') or (>= '\uff00' and <= '\uffef');
}
