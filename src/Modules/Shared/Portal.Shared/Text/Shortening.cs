namespace Portal.Shared.Text;

/// <summary>Makes text fit a column.</summary>
public static class Shortening
{
    /// <summary>At most so many code units, never half a character.</summary>
    public static string CutTo(this string text, int maximum)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= maximum ? text : text[..(char.IsHighSurrogate(text[maximum - 1]) ? maximum - 1 : maximum)];
    }
}
