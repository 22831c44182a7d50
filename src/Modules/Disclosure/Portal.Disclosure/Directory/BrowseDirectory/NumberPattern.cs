using System.Text.RegularExpressions;
using Portal.Shared.Text;

namespace Portal.Disclosure.Directory.BrowseDirectory;

/// <summary>A number as it is looked up: whole, or the beginning of one, so that either is a range of its index.</summary>
/// <param name="Text">What was typed, in the form that is stored.</param>
/// <param name="IsPrefix">More may follow.</param>
internal sealed partial record NumberPattern(string Text, bool IsPrefix)
{
    // A beginning that names nothing would read the index through.
    private const int ShortestDocument = 2;
    private const int ShortestIndex = 4;

    /// <summary>The beginning as a pattern of SQL.</summary>
    public string Like => Text.Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";

    /// <summary>文号: with its serial it is whole, 号 or none behind it; without it, the beginning of a year's or an agency's.</summary>
    public static NumberPattern OfDocument(string typed)
    {
        var key = DocumentNumbers.Key(typed);
        if (key.EndsWith('号'))
        {
            return new NumberPattern(key, false);
        }

        var open = DocumentNumbers.Key(key + "号");
        if (Serial().IsMatch(open))
        {
            return new NumberPattern(open, false);
        }

        var start = string.Concat(key.Select(character => character switch
        {
            '[' or '(' or '【' => '〔',
            ']' or ')' or '】' => '〕',
            _ => character,
        }));
        return new NumberPattern(start, start.Length >= ShortestDocument);
    }

    /// <summary>索引号, or its beginning.</summary>
    public static NumberPattern OfIndex(string typed)
    {
        var number = IndexScheme.Normalise(typed);
        return new NumberPattern(number, number.Length >= ShortestIndex);
    }

    [GeneratedRegex(@"〕\d+号$", RegexOptions.NonBacktracking)]
    private static partial Regex Serial();
}
