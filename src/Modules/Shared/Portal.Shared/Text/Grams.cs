using System.Globalization;
using System.Text;

namespace Portal.Shared.Text;

/// <summary>
/// Cuts text into what the index knows: pairs of neighbouring Chinese characters, and words of Latin letters or digits.
/// No dictionary, so new words and names are found on the day they first appear.
/// </summary>
public static class Grams
{
    // Marks of Chinese text that folding leaves as they are. Whatever is not known to be plain goes to ICU.
    private const string PlainMarks = "、。〈〉《》「」『』【】〔〕—‘’“”·";

    /// <summary>
    /// Folds what readers do not tell apart: compatibility forms (full-width letters and digits), letter case.
    /// </summary>
    public static string Fold(string text)
    {
        foreach (var character in text)
        {
            if (!IsPlain(character))
            {
                return text.Normalised(NormalizationForm.FormKC).ToLowerInvariant();
            }
        }

        return string.Create(text.Length, text, static (folded, source) =>
        {
            for (var i = 0; i < folded.Length; i++)
            {
                var character = source[i] switch
                {
                    >= '！' and <= '～' => (char)(source[i] - '！' + '!'),
                    '\u3000' => ' ',
                    _ => source[i],
                };
                folded[i] = char.IsAsciiLetterUpper(character) ? (char)(character | 0x20) : character;
            }
        });
    }

    /// <summary>Adds the grams of <paramref name="text"/> (folded) to <paramref name="grams"/>.</summary>
    public static void Collect(string text, GramSet grams)
    {
        var kind = Kind.None;
        var position = 0;
        var wordStart = 0;
        var before = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            var next = KindOf(rune);
            if (kind == Kind.Han)
            {
                // The last character stands alone, so that a one-character query (a prefix) finds it too.
                grams.Add(before, next == Kind.Han ? rune : default);
            }
            else if (kind == Kind.Word && next != Kind.Word)
            {
                grams.Add(text.AsSpan(wordStart, position - wordStart));
            }

            if (next != kind)
            {
                wordStart = position;
                kind = next;
            }

            before = rune;
            position += rune.Utf16SequenceLength;
        }

        if (kind == Kind.Han)
        {
            grams.Add(before, default);
        }
        else if (kind == Kind.Word)
        {
            grams.Add(text.AsSpan(wordStart));
        }
    }

    /// <summary>
    /// The query expression for one term: all its grams must occur. Null when nothing searchable is in it.
    /// </summary>
    public static string? Query(string term)
    {
        List<string> parts = [];
        foreach (var run in Runs(Fold(term)))
        {
            if (!run.IsHan)
            {
                parts.Add(Quote(run.Text) + ":*");
                continue;
            }

            var starts = StringInfo.ParseCombiningCharacters(run.Text);
            if (starts.Length == 1)
            {
                parts.Add(Quote(run.Text) + ":*");
                continue;
            }

            for (var i = 0; i + 1 < starts.Length; i++)
            {
                var to = i + 2 < starts.Length ? starts[i + 2] : run.Text.Length;
                parts.Add(Quote(run.Text[starts[i]..to]));
            }
        }

        return parts.Count == 0 ? null : string.Join(" & ", parts.Distinct(StringComparer.Ordinal));
    }

    /// <summary>A lexeme as it stands in a query expression.</summary>
    public static string Quote(string lexeme) =>
        "'" + lexeme.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";

    private static IEnumerable<(string Text, bool IsHan)> Runs(string text)
    {
        var start = 0;
        var kind = Kind.None;
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var next = KindOf(rune);
            if (next != kind)
            {
                if (kind != Kind.None)
                {
                    yield return (text[start..position], kind == Kind.Han);
                }

                start = position;
                kind = next;
            }

            position += rune.Utf16SequenceLength;
        }

        if (kind != Kind.None)
        {
            yield return (text[start..position], kind == Kind.Han);
        }
    }

    private static bool IsPlain(char character) =>
        char.IsAscii(character)
            || character is (>= '\u4e00' and <= '\u9fff') or (>= '！' and <= '～') or '\u3000'
            || PlainMarks.Contains(character);

    private static Kind KindOf(Rune rune)
    {
        if (rune.Value is (>= 0x3400 and <= 0x9fff) or (>= 0xf900 and <= 0xfaff) or (>= 0x20000 and <= 0x3ffff) or 0x3007)
        {
            return Kind.Han;
        }

        return Rune.IsLetterOrDigit(rune) ? Kind.Word : Kind.None;
    }

    private enum Kind
    {
        None,
        Han,
        Word,
    }
}
