using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Letters.Copies;

/// <summary>
/// Proposes what of a text must not become public: numbers with the checks of their kind, plates, addresses down to the
/// door, names. It rather proposes too much: a person decides, and what they leave needs a reason.
/// </summary>
internal static partial class PersonalSpans
{
    private const string ChineseDigits = "零一二三四五六七八九";

    /// <summary>The places of a text, in order, none over another.</summary>
    public static IReadOnlyList<PersonalSpan> Find(string text, WrittenLetter writer)
    {
        var folded = Folded(text);
        List<PersonalSpan> found = [];
        Writers(folded, writer, found);
        Numbers(folded, found);
        All(Plate(), folded, MaskKind.Plate, found);
        All(Email(), folded, MaskKind.Other, found);
        All(Messenger(), folded, MaskKind.Other, found);
        All(Passport(), folded, MaskKind.IdNumber, found);
        All(Street(), folded, MaskKind.Address, found);
        All(House(), folded, MaskKind.Address, found);
        PersonalNames.Collect(folded, found);
        return Joined(found);
    }

    /// <summary>Every place of some words in a text.</summary>
    public static IEnumerable<PersonalSpan> Of(string text, string words, MaskKind kind)
    {
        var (folded, sought) = (Folded(text), Folded(words));
        for (var at = folded.IndexOf(sought, StringComparison.OrdinalIgnoreCase); at >= 0 && sought.Length > 0;
            at = folded.IndexOf(sought, at + sought.Length, StringComparison.OrdinalIgnoreCase))
        {
            yield return new PersonalSpan(at, sought.Length, kind);
        }
    }

    /// <summary>Places in order; those that meet become one, of the kind that weighs more.</summary>
    public static IReadOnlyList<PersonalSpan> Joined(IEnumerable<PersonalSpan> found)
    {
        List<PersonalSpan> kept = [];
        foreach (var span in found.Where(span => span.Length > 0).OrderBy(span => span.Start).ThenByDescending(span => span.Length))
        {
            if (kept.Count > 0 && span.Start < kept[^1].End)
            {
                var last = kept[^1];
                kept[^1] = new PersonalSpan(
                    last.Start, Math.Max(last.End, span.End) - last.Start, last.Kind < span.Kind ? last.Kind : span.Kind);
            }
            else
            {
                kept.Add(span);
            }
        }

        return kept;
    }

    // One sign for one sign, so that places stay where they are: full width, and digits as they are spoken.
    private static string Folded(string text) => string.Create(text.Length, text, static (folded, source) =>
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

    private static void Writers(string text, WrittenLetter writer, List<PersonalSpan> found)
    {
        // One sign is no name that could be told from a word.
        if (writer.Name.Length > 1)
        {
            found.AddRange(Of(text, writer.Name, MaskKind.Writer));
            // 张三 signs, 张先生 is written of.
            found.AddRange(PersonalNames.Addressed(text, writer.Name));
        }

        if (writer.Phone.Length > 4)
        {
            found.AddRange(Of(text, writer.Phone, MaskKind.Writer));
        }
    }

    private static void Numbers(string text, List<PersonalSpan> found)
    {
        foreach (Match match in DigitRun().Matches(text))
        {
            var digits = string.Concat(match.Value.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
            if (KindOf(digits, text, match.Index) is { } kind)
            {
                found.Add(new PersonalSpan(match.Index, match.Length, kind));
            }
        }

        foreach (Match match in SpokenRun().Matches(text))
        {
            var digits = string.Concat(match.Value.Select(Spoken));
            found.Add(new PersonalSpan(match.Index, match.Length, KindOf(digits, text, match.Index) ?? MaskKind.Other));
        }
    }

    /// <summary>What a run of digits is; null: nothing of a person, such as a date, a sum or a service number.</summary>
    private static MaskKind? KindOf(string digits, string text, int at)
    {
        if (digits.Length == 18 && (IdentityRules.IsResident(digits) || IsBorn(digits[6..14])))
        {
            return MaskKind.IdNumber;
        }

        if (digits.Length == 15 && IsBorn("19" + digits[6..12]))
        {
            return MaskKind.IdNumber;
        }

        if (digits.Length is >= 13 and <= 19 && digits.All(char.IsAsciiDigit) && IsLuhn(digits))
        {
            return MaskKind.BankCard;
        }

        var national = digits.StartsWith("0086", StringComparison.Ordinal) ? digits[4..]
            : digits.Length == 13 && digits.StartsWith("86", StringComparison.Ordinal) ? digits[2..] : digits;
        if (national.Length == 11 && national[0] == '1' && national[1] is >= '3' and <= '9')
        {
            return MaskKind.Phone;
        }

        // 区号 and number, perhaps with an extension.
        if (digits[0] == '0' && digits.Length is >= 10 and <= 16)
        {
            return MaskKind.Phone;
        }

        if (digits.Length is 7 or 8 && PhoneCue().IsMatch(text[Math.Max(0, at - 8)..at]))
        {
            return MaskKind.Phone;
        }

        // 400 and 800 are numbers of services, which everybody may know; dates and most sums are shorter.
        return digits.Length >= 9 && !(digits.Length == 10 && digits[1..3] == "00" && digits[0] is '4' or '8') ? MaskKind.Other : null;
    }

    private static bool IsBorn(string date) =>
        DateOnly.TryParseExact(date, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and < 2100;

    private static bool IsLuhn(string digits)
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

    private static void All(Regex pattern, string text, MaskKind kind, List<PersonalSpan> found)
    {
        foreach (Match match in pattern.Matches(text))
        {
            found.Add(new PersonalSpan(match.Index, match.Length, kind));
        }
    }

    [GeneratedRegex(@"[0-9](?:[ \-.·()]{0,2}[0-9]){6,}[Xx]?", RegexOptions.NonBacktracking)]
    private static partial Regex DigitRun();

    [GeneratedRegex(@"[零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]{7,}", RegexOptions.NonBacktracking)]
    private static partial Regex SpokenRun();

    [GeneratedRegex(@"(?:电话|手机|座机|联系|致电|拨打|号码)", RegexOptions.NonBacktracking)]
    private static partial Regex PhoneCue();

    // GA 36: five signs after the office's letter, six on a new-energy plate.
    [GeneratedRegex(
        @"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-HJ-NP-Za-hj-np-z][ ·.\-]?[A-HJ-NP-Za-hj-np-z0-9]{4,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳]",
        RegexOptions.NonBacktracking)]
    private static partial Regex Plate();

    [GeneratedRegex(@"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63})+", RegexOptions.NonBacktracking)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?:微信|[Qq][Qq]|抖音|钉钉)号?(?:码|是|为)?[: ]{0,2}[A-Za-z0-9_\-]{5,30}", RegexOptions.NonBacktracking)]
    private static partial Regex Messenger();

    [GeneratedRegex(@"(?:[EeGgDdSsPpHhMm][0-9]{8}|[Ee][A-Za-z][0-9]{7})", RegexOptions.NonBacktracking)]
    private static partial Regex Passport();

    // A street with its number, and whatever of the house follows.
    [GeneratedRegex(
        @"[\u4e00-\u9fff]{1,6}(?:路|街|巷|弄|胡同|里|村|社区|小区|花园|家园|苑|公寓|新村|镇|乡|大院)(?:东|西|南|北|中)?(?:段)?[ ]?(?:[0-9]{1,5}|[一二三四五六七八九十百]{1,5})(?:-[0-9]{1,4})?(?:号楼|号院|号|弄|组|栋|幢|座)(?:[ ,，]?(?:[0-9A-Za-z]{1,5}|[一二三四五六七八九十百]{1,5})(?:号楼|号院|栋|幢|座|单元|层|楼|室|户|号)){0,5}(?:[ ]?[0-9]{3,4}室?)?",
        RegexOptions.NonBacktracking)]
    private static partial Regex Street();

    // A house without its street: two parts of it at least, or one that ends at a door.
    [GeneratedRegex(
        @"(?:[\u4e00-\u9fff]{1,8}(?:小区|花园|家园|苑|公寓|新村|大厦|大院|宿舍|家属院))?(?:(?:[0-9A-Za-z]{1,4}|[一二三四五六七八九十百]{1,4})(?:号楼|号院|栋|幢|座|单元)[ ,，]?){1,3}(?:(?:[0-9A-Za-z]{1,5}|[一二三四五六七八九十百零〇]{1,5})(?:层|楼|室|户|号|单元)[ ]?){0,2}(?:[0-9]{3,4}室?)?|[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4}室?|[0-9]{3,4}室",
        RegexOptions.NonBacktracking)]
    private static partial Regex House();
}
