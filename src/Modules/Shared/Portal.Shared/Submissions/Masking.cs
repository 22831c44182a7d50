using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Shared.Submissions;

/// <summary>Personal data as those see it who do not handle the case.</summary>
public static partial class Masking
{
    /// <summary>The first character and stars.</summary>
    public static string Name(string name) =>
        name.Length == 0 ? "" : new StringInfo(name).SubstringByTextElements(0, 1) + "**";

    /// <summary>The last four, when there are enough of them.</summary>
    public static string Number(string number) =>
        number.Length <= 6 ? new string('*', number.Length) : new string('*', number.Length - 4) + number[^4..];

    /// <summary>What stands in place of words that nobody is to see any part of.</summary>
    public const string Hidden = "***";

    /// <summary>As <see cref="InText"/>, with nothing left of a number: for what becomes public.</summary>
    public static string ForPublic(string text) => PersonNumber().Replace(text, Hidden);

    /// <summary>Whatever looks like the number of a person or a phone, wherever it stands in a text: the last four are left.</summary>
    public static string InText(string text) => PersonNumber().Replace(text, match => Number(match.Value));

    [GeneratedRegex(@"[0-9]{17}[0-9Xx]|[0-9]{15}|1[3-9][0-9]{9}", RegexOptions.NonBacktracking)]
    private static partial Regex PersonNumber();
}
