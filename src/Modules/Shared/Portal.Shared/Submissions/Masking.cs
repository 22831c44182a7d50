using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Shared.Submissions;

/// <summary>Personal data as those see it who do not handle the case.</summary>
public static partial class Masking
{
    /// <summary>Surnames of two characters.</summary>
    public static IReadOnlyList<string> CompoundSurnames { get; } =
    [
        "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "司徒", "司空", "夏侯", "端木",
        "独孤", "南宫", "申屠", "闻人", "呼延", "轩辕", "百里", "西门", "钟离", "淳于", "澹台", "单于", "太史", "公羊", "濮阳",
    ];

    /// <summary>The surname and stars: the first character, or two of a compound surname that a given name follows.</summary>
    public static string Name(string name) =>
        name.Length == 0 ? ""
        : name.Length > 2 && CompoundSurnames.FirstOrDefault(surname => name.StartsWith(surname, StringComparison.Ordinal)) is { } compound
            ? compound + "**"
        : new StringInfo(name).SubstringByTextElements(0, 1) + "**";

    /// <summary>The last four, when there are enough of them.</summary>
    public static string Number(string number) =>
        number.Length <= 6 ? new string('*', number.Length) : new string('*', number.Length - 4) + number[^4..];

    /// <summary>What stands in place of words that nobody is to see any part of.</summary>
    public const string Hidden = "***";

    // A mobile number has eleven digits, however they are written.
    private const int FewestDigits = 11;

    /// <summary>As <see cref="InText"/>, with nothing left of a number: for what becomes public.</summary>
    public static string ForPublic(string text) => Replaced(text, _ => Hidden);

    /// <summary>
    /// Whatever looks like the number of a person, a card or a mobile phone, wherever it stands in a text, also full width and
    /// in the groups in which such numbers are written: the last four are left.
    /// </summary>
    public static string InText(string text) => Replaced(text, Number);

    private static string Replaced(string text, Func<string, string> sign)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Count(char.IsDigit) + text.Count(letter => Spoken.Contains(letter, StringComparison.Ordinal)) < FewestDigits)
        {
            return text;
        }

        var made = new StringBuilder(text.Length);
        var from = 0;
        foreach (var (start, end) in Places(PersonalNumbers.Folded(text)))
        {
            made.Append(text, from, start - from).Append(sign(text[start..end]));
            from = end;
        }

        return made.Append(text, from, text.Length - from).ToString();
    }

    // In order; those that meet are one.
    private static List<(int Start, int End)> Places(string folded)
    {
        List<(int Start, int End)> places = [];
        var found = Unbroken().Matches(folded).Concat(SpokenPhone().Matches(folded))
            .Concat(Phone().Matches(folded).Where(match => StandsAlone(folded, match)))
            .Concat(Card().Matches(folded).Where(match => StandsAlone(folded, match) && IsCard(match.Value)));
        foreach (var (start, end) in found.Select(match => (match.Index, match.Index + match.Length)).Order())
        {
            if (places.Count > 0 && start < places[^1].End)
            {
                places[^1] = (places[^1].Start, Math.Max(places[^1].End, end));
            }
            else
            {
                places.Add((start, end));
            }
        }

        return places;
    }

    // A group of a longer code, such as 2026-530102-48-01-138123, is no number of its own.
    private static bool StandsAlone(string folded, Match match)
    {
        var (before, after) = (match.Index - 1, match.Index + match.Length);
        return !IsDigit(before) && !IsDigit(after)
            && !(before > 0 && folded[before] is '-' or '.' && IsDigit(before - 1))
            && !(after < folded.Length && folded[after] is '-' or '.' && IsDigit(after + 1));

        bool IsDigit(int place) => place >= 0 && place < folded.Length && char.IsAsciiDigit(folded[place]);
    }

    private static bool IsCard(string written)
    {
        var digits = string.Concat(written.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return digits.Length == 18 ? IdentityRules.IsResident(digits) : PersonalNumbers.IsLuhn(digits);
    }

    // Nobody can see where in a long row of digits the number of a card ends: the whole row is one.
    [GeneratedRegex(@"[0-9]{15,}[Xx]?|1[3-9][0-9]{9}", RegexOptions.NonBacktracking)]
    private static partial Regex Unbroken();

    // In the groups of speech: 3-4-4, 3-8, 7-4, 3-3-5, 4-4-3 (not from 19, which begins years), 3-2-2-2-2 and digit by digit.
    [GeneratedRegex(
        @"(?:(?:\+|00)?86[ \-]{0,2})?(?:1[3-9][0-9][ \-.·]{1,2}[0-9]{4}[ \-.·]{0,2}[0-9]{4}|1[3-9][0-9]{5}[ \-.·]{1,2}[0-9]{4}|1[3-9][0-9][ \-.·]{1,2}[0-9]{3}[ \-.·]{1,2}[0-9]{5}|1[3-8][0-9]{2}[ \-.·]{1,2}[0-9]{4}[ \-.·]{1,2}[0-9]{3}|1[3-9][0-9](?:[ \-.·]{1,2}[0-9]{2}){4}|1[ \-.·]{1,2}[3-9](?:[ \-.·]{1,2}[0-9]){9})",
        RegexOptions.NonBacktracking)]
    private static partial Regex Phone();

    // The number of a person in its parts, or of a bank card in fours; both have a check.
    [GeneratedRegex(
        @"[0-9]{6}[ \-]{0,2}[0-9]{4}[ \-]{0,2}[0-9]{2}[ \-]{0,2}[0-9]{2}[ \-]{0,2}[0-9]{3}[ \-]{0,2}[0-9Xx]|[0-9]{3}[ \-]{1,2}[0-9]{3}(?:[ \-]{1,2}[0-9]{4}){2}[ \-]{1,2}[0-9]{3}[0-9Xx]|[3-69][0-9]{3}(?:[ \-]{1,2}[0-9]{4}){3}(?:[ \-]{1,2}[0-9]{1,3})?",
        RegexOptions.NonBacktracking)]
    private static partial Regex Card();

    [GeneratedRegex("[一幺壹][三四五六七八九叁肆伍陆柒捌玖][零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]{9}", RegexOptions.NonBacktracking)]
    private static partial Regex SpokenPhone();

    private const string Spoken = "零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖";
}
