using System.Globalization;
using System.Text;
using Portal.Shared.Text;

namespace Portal.Disclosure.AnnualReports;

/// <summary>Reads a number as people type it: full-width digits and thousands separators are understood, nothing is no number yet.</summary>
internal static class TypedFigure
{
    public static bool TryRead(string? typed, out decimal? value)
    {
        value = null;
        var plain = (typed ?? "").Normalised(NormalizationForm.FormKC).Replace(",", "", StringComparison.Ordinal).Trim();
        if (plain.Length == 0)
        {
            return true;
        }

        if (plain.Length > 20 || !decimal.TryParse(
            plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read))
        {
            return false;
        }

        value = read;
        return true;
    }
}
