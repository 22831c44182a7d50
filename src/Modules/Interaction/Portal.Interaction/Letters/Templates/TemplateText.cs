using System.Text.RegularExpressions;

namespace Portal.Interaction.Letters.Templates;

/// <summary>
/// The blanks in the text of a template, written <c>{受理日期}</c>. Those that the letter knows are filled in when it is placed;
/// every other one is for the person who writes, and no draft is kept while one is left.
/// </summary>
internal static partial class TemplateText
{
    /// <summary>The blanks of a text, each once, in order, with their braces.</summary>
    public static IReadOnlyList<string> BlanksOf(string text) => [.. Blank().Matches(text).Select(match => match.Value).Distinct()];

    /// <summary>Is every brace part of a blank?</summary>
    public static bool IsWhole(string text) => Blank().Replace(text, "").AsSpan().IndexOfAny("{}｛｝") < 0;

    /// <summary>The text with what the letter knows; a blank that it knows nothing for stays.</summary>
    /// <param name="text">The text of the template.</param>
    /// <param name="found">The letter.</param>
    /// <param name="mailbox">Name of its mailbox.</param>
    /// <param name="word">Words of a key: names of blanks, kinds, days.</param>
    public static string Fill(string text, LetterCase found, string mailbox, Func<string, object[], string> word)
    {
        var letter = found.Letter;
        Dictionary<string, string?> known = new(StringComparer.Ordinal)
        {
            [Name("Number")] = letter.Number,
            // As lists have it, numbers of persons masked: a reply may become public.
            [Name("Subject")] = letter.Subject,
            [Name("Kind")] = word("Kind." + letter.Kind, []),
            [Name("Mailbox")] = mailbox,
            [Name("ReceivedOn")] = Day(found.Events[0].Day),
            [Name("AcceptedOn")] = Day(letter.AcceptedOn),
            [Name("DueOn")] = Day(letter.DueOn),
            [Name("Unit")] = letter.LeadName,
        };
        return Blank().Replace(text, match => known.GetValueOrDefault(match.Groups["name"].Value.Trim()) is { Length: > 0 } value ? value : match.Value);

        string Name(string key) => word("Blank." + key, []);
        string? Day(DateOnly? day) => day is { } known ? word("Day", [known.Year, known.Month, known.Day]) : null;
    }

    [GeneratedRegex(@"[{｛](?<name>[^{}｛｝\n]{1,20})[}｝]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Blank();
}
