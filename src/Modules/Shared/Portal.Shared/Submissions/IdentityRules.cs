using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Portal.Shared.Text;

namespace Portal.Shared.Submissions;

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

/// <summary>The numbers of documents and phones.</summary>
public static partial class IdentityRules
{
    private static readonly int[] ResidentWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>A number as it is kept: capitals, half width, no blanks.</summary>
    public static string Normalise(string? typed) =>
        string.Concat((typed ?? "").Normalised(NormalizationForm.FormKC).ToUpperInvariant()
            .Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '(' or ')' or '-'));

    /// <summary>Can it be a number of such a document? Check digits are checked where there are any.</summary>
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

    /// <summary>Can it be the number of a telephone?</summary>
    public static bool IsPhone(string text) => Phone().IsMatch(text) && text.Count(char.IsAsciiDigit) >= 7;

    /// <summary>Can it be an e-mail address?</summary>
    public static bool IsEmail(string text) => text.Length <= 100 && Email().IsMatch(text);

    [GeneratedRegex(@"^\+?[0-9][0-9() -]{5,24}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Phone();

    [GeneratedRegex(@"^[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Email();
}
