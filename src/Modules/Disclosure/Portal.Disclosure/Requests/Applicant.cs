using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Portal.Shared.Text;

namespace Portal.Disclosure.Requests;

/// <summary>Which document proves who asks.</summary>
public enum IdentityDocument
{
    /// <summary>居民身份证</summary>
    ResidentCard,

    /// <summary>护照</summary>
    Passport,

    /// <summary>港澳台居民居住证、通行证</summary>
    TravelPermit,

    /// <summary>外国人永久居留身份证</summary>
    PermanentResidence,

    /// <summary>统一社会信用代码</summary>
    CreditCode,

    /// <summary>其他有效证件</summary>
    Other,
}

/// <summary>Who asks and how to reach them, and the description of what is asked: everything personal of a request.</summary>
public sealed record Applicant
{
    /// <summary>姓名 or 名称.</summary>
    public string Name { get; init; } = "";

    public IdentityDocument Document { get; init; }

    public string DocumentNumber { get; init; } = "";

    /// <summary>The person to speak to, for an organisation.</summary>
    public string Contact { get; init; } = "";

    public string Phone { get; init; } = "";

    public string Email { get; init; } = "";

    public string Address { get; init; } = "";

    public string PostCode { get; init; } = "";

    /// <summary>特征性描述: free text, in which people tell of themselves.</summary>
    public string Description { get; init; } = "";

    /// <summary>Needs help in reading or hearing (R-26).</summary>
    public string Help { get; init; } = "";
}

/// <summary>Personal data as those see it who do not handle the case.</summary>
internal static partial class Masking
{
    /// <summary>The first character and stars.</summary>
    public static string Name(string name) =>
        name.Length == 0 ? "" : new StringInfo(name).SubstringByTextElements(0, 1) + "**";

    /// <summary>The last four, when there are enough of them.</summary>
    public static string Number(string number) =>
        number.Length <= 6 ? new string('*', number.Length) : new string('*', number.Length - 4) + number[^4..];

    /// <summary>Whatever looks like the number of a person or a phone, wherever it stands in a text.</summary>
    public static string InText(string text) => PersonNumber().Replace(text, match => Number(match.Value));

    [GeneratedRegex(@"[0-9]{17}[0-9Xx]|[0-9]{15}|1[3-9][0-9]{9}", RegexOptions.NonBacktracking)]
    private static partial Regex PersonNumber();
}

/// <summary>Text of the public as it is kept: NFC, without control characters and marks that turn the reading direction.</summary>
internal static partial class PublicText
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

/// <summary>The numbers of documents and phones.</summary>
internal static partial class IdentityRules
{
    private static readonly int[] ResidentWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    public static string Normalise(string? typed) =>
        string.Concat((typed ?? "").Normalised(NormalizationForm.FormKC).ToUpperInvariant()
            .Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '(' or ')' or '-'));

    public static bool IsNumber(IdentityDocument document, string number) => document switch
    {
        IdentityDocument.ResidentCard => IsResident(number),
        IdentityDocument.CreditCode => CreditCode.IsValid(number),
        _ => number.Length is >= 5 and <= 30,
    };

    /// <summary>GB 11643: 17 digits with a date of birth, and a check character.</summary>
    public static bool IsResident(string number) =>
        number.Length == 18
        && number[..17].All(char.IsAsciiDigit)
        && DateOnly.TryParseExact(number[6..14], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && number[17] == "10X98765432"[Enumerable.Range(0, 17).Sum(i => (number[i] - '0') * ResidentWeights[i]) % 11];

    public static bool IsPhone(string text) => Phone().IsMatch(text) && text.Count(char.IsAsciiDigit) >= 7;

    public static bool IsEmail(string text) => text.Length <= 100 && Email().IsMatch(text);

    [GeneratedRegex(@"^\+?[0-9][0-9() -]{5,24}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Phone();

    [GeneratedRegex(@"^[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Email();
}
