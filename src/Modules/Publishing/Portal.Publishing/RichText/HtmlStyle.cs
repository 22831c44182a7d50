namespace Portal.Publishing.RichText;

/// <summary>Reads single declarations out of a style attribute; nothing else of it is looked at.</summary>
internal static class HtmlStyle
{
    public static ReadOnlySpan<char> Value(ReadOnlySpan<char> style, ReadOnlySpan<char> property)
    {
        ReadOnlySpan<char> value = [];
        foreach (var range in style.Split(';'))
        {
            var declaration = style[range];
            var colon = declaration.IndexOf(':');
            if (colon > 0 && declaration[..colon].Trim().Equals(property, StringComparison.OrdinalIgnoreCase))
            {
                value = declaration[(colon + 1)..].Trim();
            }
        }

        return value;
    }

    public static bool Has(ReadOnlySpan<char> style, ReadOnlySpan<char> property, ReadOnlySpan<char> word) =>
        Value(style, property).Contains(word, StringComparison.OrdinalIgnoreCase);

    public static Marks MarksOf(string? style)
    {
        if (string.IsNullOrEmpty(style))
        {
            return Marks.None;
        }

        var marks = Marks.None;
        if (Has(style, "font-weight", "bold")
            || Value(style, "font-weight") is ['6' or '7' or '8' or '9', '0', '0', ..])
        {
            marks |= Marks.Bold;
        }

        if (Has(style, "font-style", "italic"))
        {
            marks |= Marks.Italic;
        }

        if (Has(style, "text-decoration", "underline"))
        {
            marks |= Marks.Underline;
        }

        if (Has(style, "text-decoration", "line-through"))
        {
            marks |= Marks.Strike;
        }

        if (Has(style, "vertical-align", "super"))
        {
            marks |= Marks.Superscript;
        }

        return Value(style, "vertical-align").Equals("sub", StringComparison.OrdinalIgnoreCase)
            ? marks | Marks.Subscript
            : marks;
    }

    public static bool IsHidden(string? style) =>
        !string.IsNullOrEmpty(style) && (Has(style, "display", "none") || Has(style, "mso-hide", "all"));
}
