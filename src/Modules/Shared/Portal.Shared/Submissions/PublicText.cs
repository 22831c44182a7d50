using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Portal.Shared.Text;

namespace Portal.Shared.Submissions;

/// <summary>Text of the public as it is kept: NFC, without control characters and marks that turn the reading direction.</summary>
public static partial class PublicText
{
    /// <summary>One line.</summary>
    public static string Line(string? text) => Blanks().Replace(Clean(text, keepLines: false), " ").Trim();

    /// <summary>Several lines, no more than one empty one in a row.</summary>
    public static string Paragraphs(string? text) =>
        ManyLines().Replace(
            string.Join('\n', Clean((text ?? "").ReplaceLineEndings("\n"), keepLines: true).Split('\n').Select(line => line.TrimEnd())),
            "\n\n").Trim('\n');

    /// <summary>Characters as a reader counts them; one may be built of many code points, of which twice as many are kept.</summary>
    public static bool Fits(string text, int maximum) =>
        text.Length <= maximum || (new StringInfo(text).LengthInTextElements <= maximum && text.EnumerateRunes().Count() <= maximum * 2);

    private static string Clean(string? text, bool keepLines)
    {
        var kept = new StringBuilder((text ?? "").Length);
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (rune.Value == '\n' && keepLines)
            {
                kept.Append('\n');
            }
            else if (category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                kept.Append(' ');
            }
            else if (category is not (UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
                or UnicodeCategory.OtherNotAssigned) && rune != Rune.ReplacementChar)
            {
                kept.Append(rune.ToString());
            }
        }

        return kept.ToString().Normalised(NormalizationForm.FormC);
    }

    [GeneratedRegex(@"[\s\u3000]+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\n{3,}", RegexOptions.NonBacktracking)]
    private static partial Regex ManyLines();
}
