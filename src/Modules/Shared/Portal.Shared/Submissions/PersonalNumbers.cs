using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Shared.Submissions;

/// <summary>What a number in a text is taken for.</summary>
public enum PersonalNumberKind
{
    /// <summary>证件号码</summary>
    IdNumber,

    /// <summary>银行卡号</summary>
    BankCard,

    /// <summary>电话</summary>
    Phone,

    /// <summary>A long number of another kind.</summary>
    Other,
}

/// <summary>A number in a text that may belong to somebody.</summary>
/// <param name="Start">Where it begins, in code units.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Kind">What it is taken for.</param>
public readonly record struct PersonalNumber(int Start, int Length, PersonalNumberKind Kind);

/// <summary>
/// Finds numbers of persons in texts by the checks of their kind, also as they are spoken and with signs between the digits.
/// One rule for what is masked before it is published and for what is never kept at all.
/// </summary>
public static partial class PersonalNumbers
{
    private const string ChineseDigits = "零一二三四五六七八九";

    /// <summary>Full width and dashes folded, one sign for one sign, so that places stay where they are.</summary>
    public static string Folded(string text) => string.Create(text.Length, text, static (folded, source) =>
    {
        for (var i = 0; i < folded.Length; i++)
        {
            folded[i] = source[i] switch
            {
                >= '！' and <= '～' => (char)(source[i] - '！' + '!'),
                '\u3000' or '\u00a0' => ' ',
                '‐' or '‑' or '–' or '—' or '－' => '-',
                _ => source[i],
            };
        }
    });

    /// <summary>The numbers of a text that <see cref="Folded"/> has folded.</summary>
    public static IReadOnlyList<PersonalNumber> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<PersonalNumber> found = [];
        foreach (Match match in DigitRun().Matches(text))
        {
            var digits = string.Concat(match.Value.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
            if (KindOf(digits, text, match.Index) is { } kind)
            {
                found.Add(new PersonalNumber(match.Index, match.Length, kind));
            }
        }

        foreach (Match match in SpokenRun().Matches(text))
        {
            found.Add(new PersonalNumber(
                match.Index, match.Length, KindOf(DigitsOf(match.Value), text, match.Index) ?? PersonalNumberKind.Other));
        }

        return found;
    }

    /// <summary>
    /// What hardly ever belongs before the public, as it is written, each once. Numbers of offices belong into notices; those of
    /// persons, cards and mobile telephones do not.
    /// </summary>
    public static IReadOnlyList<string> Private(string text)
    {
        var folded = Folded(text);
        return
        [
            .. Find(folded)
                .Where(number => number.Kind is PersonalNumberKind.IdNumber or PersonalNumberKind.BankCard
                    || (number.Kind == PersonalNumberKind.Phone && IsMobile(DigitsOf(folded.Substring(number.Start, number.Length)))))
                .Select(number => text.Substring(number.Start, number.Length)).Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>What a run of digits is; null: nothing of a person, such as a date, a sum or a service number.</summary>
    private static PersonalNumberKind? KindOf(string digits, string text, int at)
    {
        if (digits.Length == 18 && (IdentityRules.IsResident(digits) || IsBorn(digits[6..14])))
        {
            return PersonalNumberKind.IdNumber;
        }

        if (digits.Length == 15 && IsBorn("19" + digits[6..12]))
        {
            return PersonalNumberKind.IdNumber;
        }

        if (digits.Length is >= 13 and <= 19 && digits.All(char.IsAsciiDigit) && IsLuhn(digits))
        {
            return PersonalNumberKind.BankCard;
        }

        if (IsMobile(digits))
        {
            return PersonalNumberKind.Phone;
        }

        // 区号 and number, perhaps with an extension.
        if (digits[0] == '0' && digits.Length is >= 10 and <= 16)
        {
            return PersonalNumberKind.Phone;
        }

        if (digits.Length is 7 or 8 && PhoneCue().IsMatch(text[Math.Max(0, at - 8)..at]))
        {
            return PersonalNumberKind.Phone;
        }

        // 400 and 800 are numbers of services, which everybody may know; dates and most sums are shorter.
        return digits.Length >= 9 && !(digits.Length == 10 && digits[1..3] == "00" && digits[0] is '4' or '8') ? PersonalNumberKind.Other : null;
    }

    // With or without the prefix of the country.
    private static bool IsMobile(string digits)
    {
        var national = digits.StartsWith("0086", StringComparison.Ordinal) ? digits[4..]
            : digits.Length == 13 && digits.StartsWith("86", StringComparison.Ordinal) ? digits[2..] : digits;
        return national.Length == 11 && national[0] == '1' && national[1] is >= '3' and <= '9';
    }

    private static string DigitsOf(string run) => string.Concat(run.Select(Spoken).Where(char.IsAsciiDigit));

    private static bool IsBorn(string date) =>
        DateOnly.TryParseExact(date, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and < 2100;

    /// <summary>The check of bank cards.</summary>
    internal static bool IsLuhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = (digits[^(i + 1)] - '0') * (i % 2 == 0 ? 1 : 2);
            sum += digit > 9 ? digit - 9 : digit;
        }

        return sum % 10 == 0;
    }

    private static char Spoken(char sign) => sign switch
    {
        '〇' or '○' => '0',
        '幺' or '壹' => '1',
        '两' or '贰' => '2',
        '叁' => '3',
        '肆' => '4',
        '伍' => '5',
        '陆' => '6',
        '柒' => '7',
        '捌' => '8',
        '玖' => '9',
        _ => ChineseDigits.IndexOf(sign, StringComparison.Ordinal) is var digit and >= 0 ? (char)('0' + digit) : sign,
    };

    [GeneratedRegex(@"[0-9](?:[ \-.·()]{0,2}[0-9]){6,}[Xx]?", RegexOptions.NonBacktracking)]
    private static partial Regex DigitRun();

    [GeneratedRegex(@"[零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]{7,}", RegexOptions.NonBacktracking)]
    private static partial Regex SpokenRun();

    [GeneratedRegex(@"(?:电话|手机|座机|联系|致电|拨打|号码)", RegexOptions.NonBacktracking)]
    private static partial Regex PhoneCue();
}
