using System.Globalization;
using System.Text;
using Portal.Shared.Text;

namespace Portal.Shared.Submissions;

/// <summary>
/// Numbers of cases as people write them down: letters and a year, a serial, a check digit that finds a mistyped or a
/// transposed digit (Luhn): <c>YSQ2026-000123-0</c>.
/// </summary>
/// <param name="letters">What they begin with, capital letters.</param>
/// <param name="digits">How many digits the serial has at least.</param>
public sealed class CheckedNumber(string letters, int digits)
{
    /// <summary>The number of a year's <paramref name="serial"/>.</summary>
    public string Write(int year, int serial)
    {
        var counted = year.ToString("0000", CultureInfo.InvariantCulture)
            + serial.ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Shape(counted + CheckDigit(counted));
    }

    /// <summary>The number as it is kept, from what a person typed: full width, blanks and case do not matter. Empty when it cannot be one.</summary>
    public string Normalise(string? typed)
    {
        var text = string.Concat((typed ?? "").Normalised(NormalizationForm.FormKC).ToUpperInvariant()
            .Where(char.IsAsciiLetterOrDigit));
        return text.StartsWith(letters, StringComparison.Ordinal) && text[letters.Length..] is var counted
            && counted.Length > 4 + digits && counted.Length <= 4 + 9 + 1 && counted.All(char.IsAsciiDigit)
            // A serial is longer only where it needs to be.
            && (counted.Length == 4 + digits + 1 || counted[4] != '0')
            ? Shape(counted)
            : "";
    }

    /// <summary>Does the check digit of a number as it is kept agree?</summary>
    public bool IsValid(string number)
    {
        var text = string.Concat((number ?? "").Where(char.IsAsciiDigit));
        return text.Length > 4 + digits && text[^1] == CheckDigit(text[..^1]);
    }

    private string Shape(string counted) => $"{letters}{counted[..4]}-{counted[4..^1]}-{counted[^1]}";

    private static char CheckDigit(string counted)
    {
        var sum = 0;
        for (var i = 0; i < counted.Length; i++)
        {
            var digit = counted[^(i + 1)] - '0';
            var doubled = i % 2 == 0 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        return (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
