using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Shared.Text;

/// <summary>文号: the official form is 机关代字〔YYYY〕N号; people type other brackets and full-width digits.</summary>
public static partial class DocumentNumbers
{
    /// <summary>The official form, or the text as it came when it is none (「省政府令第12号」).</summary>
    public static string Normalise(string text)
    {
        var folded = text.Normalised(NormalizationForm.FormKC).Trim();
        var match = Official().Match(folded);
        return match.Success
            ? $"{match.Groups["agency"].Value}〔{match.Groups["year"].Value}〕{match.Groups["serial"].Value.TrimStart('0')}号"
            : folded;
    }

    /// <summary>What two spellings of the same number have in common; the key of the exact search.</summary>
    public static string Key(string text) =>
        Blank().Replace(Normalise(text), "").ToLowerInvariant();

    [GeneratedRegex(@"^(?<agency>\p{L}{1,20})\s*[〔\[\(【（［]\s*(?<year>\d{4})\s*[〕\]\)】）］]\s*第?\s*0*(?<serial>\d{1,6})\s*号$",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Official();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blank();
}
