using System.Globalization;
using System.Text;
using Portal.Shared.Text;

namespace Portal.Disclosure;

/// <summary>Text as people typed it into a form of staff, cleaned of what nobody sees.</summary>
internal static class TypedText
{
    /// <summary>One line: no control characters, no blanks around.</summary>
    public static string Line(string? text) => Clean(text, keepLines: false);

    /// <summary>Several lines; no empty ones around.</summary>
    public static string Paragraphs(string? text) =>
        string.Join('\n', Clean(text?.ReplaceLineEndings("\n"), keepLines: true).Split('\n').Select(line => line.Trim())).Trim('\n');

    private static string Clean(string? text, bool keepLines)
    {
        var kept = new StringBuilder();
        foreach (var rune in (text ?? "").Normalised(NormalizationForm.FormC).EnumerateRunes())
        {
            if (rune.Value == '\n' && keepLines)
            {
                kept.Append('\n');
            }
            else if (Rune.IsWhiteSpace(rune))
            {
                kept.Append(' ');
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            {
                kept.Append(rune.ToString());
            }
        }

        return kept.ToString().Trim();
    }
}
