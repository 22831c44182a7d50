using System.Globalization;
using System.Text;

namespace Portal.Publishing.Search;

/// <summary>
/// Cuts text into what the index knows: pairs of neighbouring Chinese characters, and words of Latin letters or digits.
/// No dictionary, so new words and names are found on the day they first appear.
/// </summary>
internal static class Grams
{
    /// <summary>
    /// Folds what readers do not tell apart: compatibility forms (full-width letters and digits), letter case.
    /// </summary>
    public static string Fold(string text) => text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>Adds the grams of <paramref name="text"/> (folded) to <paramref name="grams"/>.</summary>
    public static void Collect(string text, ISet<string> grams)
    {
        foreach (var run in Runs(text))
        {
            if (!run.IsHan)
            {
                grams.Add(run.Text);
                continue;
            }

            var starts = StringInfo.ParseCombiningCharacters(run.Text);
            for (var i = 0; i < starts.Length; i++)
            {
                var from = starts[i];
                var to = i + 2 < starts.Length ? starts[i + 2] : run.Text.Length;
                // The last character stands alone, so that a one-character query (a prefix) finds it too.
                grams.Add(run.Text[from..to]);
            }
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

    private static string Quote(string lexeme) =>
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
