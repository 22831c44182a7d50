using System.Text;

namespace Portal.Shared.Text;

/// <summary>Unicode normal forms of text that comes from anywhere.</summary>
public static class NormalForm
{
    // A noncharacter; string.Normalize throws on it as it does on half a surrogate pair.
    private const char Noncharacter = '\uFFFE';

    /// <summary>
    /// The text in <paramref name="form"/>. What cannot be normalised, as broken files and odd visitors send it, becomes U+FFFD.
    /// </summary>
    public static string Normalised(this string text, NormalizationForm form) =>
#pragma warning disable RS0030 // The one place that keeps from it what it throws on.
        Whole(text).Normalize(form);
#pragma warning restore RS0030

    private static string Whole(string text)
    {
        if (!text.Contains(Noncharacter, StringComparison.Ordinal) && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }

        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune.Value == Noncharacter ? Rune.ReplacementChar : rune);
        }

        return whole.ToString();
    }
}
