using System.Text.RegularExpressions;
using FluentValidation;
using Portal.Publishing.RichText;

namespace Portal.Publishing;

/// <summary>Rules that hold for fields of every form: length as a reader counts, paths, keywords.</summary>
internal static partial class FormRules
{
    public const int MaximumKeywords = 10;
    public const int MaximumKeyword = 20;

    /// <summary>RFC 192 of the practice followed: narrow paths keep attacks out of the logs.</summary>
    public static bool IsSlug(string text) => Slug().IsMatch(text);

    /// <summary>One line after cleaning: something must remain, and no more than <paramref name="maximum"/>.</summary>
    public static IRuleBuilderOptions<T, string> Line<T>(
        this IRuleBuilder<T, string> rule, int maximum, string required, string tooLong) =>
        rule.Must(text => Clean(text).Length > 0).WithMessage(required)
            .Must(text => Fits(Clean(text), maximum)).WithMessage(tooLong);

    /// <summary>One line that may be empty.</summary>
    public static IRuleBuilderOptions<T, string> OptionalLine<T>(
        this IRuleBuilder<T, string> rule, int maximum, string tooLong) =>
        rule.Must(text => Fits(Clean(text), maximum)).WithMessage(tooLong);

    /// <summary>
    /// Characters as a reader counts them; a single one may be built of many code points, of which twice as many are kept.
    /// </summary>
    public static bool Fits(string text, int maximum) =>
        TextRules.Length(text) <= maximum && text.EnumerateRunes().Count() <= maximum * 2;

    public static string Clean(string? text) => TextRules.Line(text).Value;

    /// <summary>Several lines after cleaning: something must remain, and no more than <paramref name="maximum"/>.</summary>
    public static IRuleBuilderOptions<T, string> Paragraphs<T>(
        this IRuleBuilder<T, string> rule, int maximum, string required, string tooLong) =>
        rule.Must(text => Paragraphs(text).Length > 0).WithMessage(required)
            .Must(text => Fits(Paragraphs(text), maximum)).WithMessage(tooLong);

    /// <summary>Several lines, each cleaned; no empty ones around.</summary>
    public static string Paragraphs(string? text) =>
        string.Join('\n', (text ?? "").ReplaceLineEndings("\n").Split('\n').Select(Clean)).Trim('\n');

    /// <summary>Keywords as people type them: between commas of any kind, semicolons, 、 or blanks.</summary>
    public static string[] Keywords(string? text) =>
        [.. KeywordBreak().Split(text ?? "").Select(Clean).Where(word => word.Length > 0).Distinct(StringComparer.Ordinal)];

    public static bool AreKeywords(string? text) =>
        Keywords(text) is var words
        && words.Length <= MaximumKeywords
        && words.All(word => TextRules.Length(word) <= MaximumKeyword);

    /// <summary>Text inside a LIKE pattern whose escape character is a backslash.</summary>
    public static string Like(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Slug();

    [GeneratedRegex(@"[\s,，;；、]+", RegexOptions.NonBacktracking)]
    private static partial Regex KeywordBreak();
}
