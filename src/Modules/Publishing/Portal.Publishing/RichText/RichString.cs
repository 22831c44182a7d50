using System.Buffers;
using System.Text;
using Portal.Shared.Text;

namespace Portal.Publishing.RichText;

/// <summary>
/// The one form in which text is kept, so that equal text has an equal hash: NFC; no control characters but tab and
/// newline; no bidirectional embeddings, overrides or isolates (they make text read otherwise than it is); no lone
/// surrogates.
/// </summary>
internal static class RichString
{
    // Nearly all text is made of these characters alone and needs one pass and no copy.
    private static readonly SearchValues<char> AlreadyClean = SearchValues.Create(CleanCharacters());

    public static string Clean(string text) =>
        text.AsSpan().ContainsAnyExcept(AlreadyClean) ? Rewrite(text) : text;

    /// <summary>Text that stands in an attribute: clean, on one line, without blanks around it.</summary>
    public static string Line(string text)
    {
        var clean = Clean(text);
        if (clean.AsSpan().ContainsAny('\t', '\n'))
        {
            clean = clean.Replace('\t', ' ').Replace('\n', ' ');
        }

        return clean.Trim();
    }

    /// <summary>Valid UTF-16: a lone surrogate becomes U+FFFD.</summary>
    public static string Replace(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
                continue;
            }

            var valid = new StringBuilder(text.Length);
            foreach (var rune in text.EnumerateRunes())
            {
                valid.Append(rune);
            }

            return valid.ToString();
        }

        return text;
    }

    public static bool IsBidiControl(int value) => value is (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069);

    private static string Rewrite(string text)
    {
        var clean = new StringBuilder(text.Length);
        var afterReturn = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var value = rune.Value;
            if (value == '\r' || value is 0x2028 or 0x2029)
            {
                clean.Append('\n');
            }
            else if (value is '\t' || (value is '\n' && !afterReturn) || !IsRemoved(value))
            {
                clean.Append(rune);
            }

            afterReturn = value == '\r';
        }

        return clean.ToString().Normalised(NormalizationForm.FormC);
    }

    private static bool IsRemoved(int value) =>
        value is < 0x20 or (>= 0x7f and <= 0x9f) || IsBidiControl(value) || IsNoncharacter(value);

    private static bool IsNoncharacter(int value) => (value & 0xfffe) == 0xfffe || value is >= 0xfdd0 and <= 0xfdef;

    private static char[] CleanCharacters()
    {
        List<char> characters = ['\t', '\n'];
        // Ranges whose characters never change under NFC, whatever stands beside them.
        (int First, int Last)[] ranges =
        [
            (0x20, 0x7e), (0xa0, 0x2ff), (0x2010, 0x2027), (0x2030, 0x205e), (0x2460, 0x24ff), (0x2500, 0x26ff),
            (0x3000, 0x3029), (0x3030, 0x303f), (0x3105, 0x312f), (0x3220, 0x33ff), (0x3400, 0x4dbf), (0x4e00, 0x9fff),
            (0xff01, 0xff5e), (0xffe0, 0xffe6),
        ];
        foreach (var (first, last) in ranges)
        {
            for (var character = first; character <= last; character++)
            {
                characters.Add((char)character);
            }
        }

        return [.. characters];
    }
}
