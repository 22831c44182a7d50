using System.Text;
using System.Text.RegularExpressions;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Consultations;

/// <summary>
/// Reads a pasted draft as clauses: by 第一条, else by 一、, else by 1., else paragraph by paragraph. A clause whose text is
/// that of one before keeps its id, wherever it stands now, so that opinions stay with it; any other is a new clause.
/// </summary>
internal static partial class DraftClauses
{
    public const int Most = 400;

    /// <summary>The clauses of a text, and the next number that is free.</summary>
    public static (IReadOnlyList<DraftClause> Clauses, int Next) Read(string text, IReadOnlyList<DraftClause> before, int next)
    {
        string[] lines = [.. PublicText.Paragraphs(text).Split('\n').Select(line => line.Trim(' ', '\u3000', '\t')).Where(line => line.Length > 0)];
        Regex[] styles = [Article(), Counted(), Decimal()];
        var style = styles.FirstOrDefault(one => lines.Any(line => one.IsMatch(line)));
        List<(string Number, StringBuilder Text, bool Heading)> found = [];
        foreach (var line in lines)
        {
            if (Chapter().IsMatch(line))
            {
                found.Add(("", new StringBuilder(line), true));
            }
            else if (style?.Match(line) is { Success: true } match)
            {
                found.Add((match.Groups[1].Value, new StringBuilder(match.Groups[2].Value.Trim(' ', '\u3000')), false));
            }
            else if (style is null || found.Count == 0 || found[^1].Heading)
            {
                found.Add(("", new StringBuilder(line), false));
            }
            else
            {
                var open = found[^1].Text;
                open.Append(open.Length > 0 ? "\n" : "").Append(line);
            }
        }

        var known = before.GroupBy(Same).ToDictionary(group => group.Key, group => new Queue<string>(group.Select(clause => clause.Id)));
        List<DraftClause> clauses = [];
        foreach (var (number, words, heading) in found)
        {
            var clause = new DraftClause("", number, words.ToString(), heading);
            var id = known.TryGetValue(Same(clause), out var ids) && ids.TryDequeue(out var kept)
                ? kept
                : FormattableString.Invariant($"c{next++}");
            clauses.Add(clause with { Id = id });
        }

        return (clauses, next);
    }

    /// <summary>The text that reads as these clauses again.</summary>
    public static string Write(IEnumerable<DraftClause> clauses) => string.Join(
        '\n', clauses.Select(clause => clause.Number.Length == 0 ? clause.Text
            : clause.Number.EndsWith('条') ? clause.Number + "　" + clause.Text
            : clause.Number + (char.IsAsciiDigit(clause.Number[0]) ? ". " : "、") + clause.Text));

    private static (bool Heading, string Text) Same(DraftClause clause) => (clause.IsHeading, clause.Text);

    [GeneratedRegex(@"^(第[一二三四五六七八九十百零〇0-9]+条)[\s\u3000:：]*(.*)$", RegexOptions.NonBacktracking)]
    private static partial Regex Article();

    [GeneratedRegex(@"^([一二三四五六七八九十百零〇]+)、(.*)$", RegexOptions.NonBacktracking)]
    private static partial Regex Counted();

    [GeneratedRegex(@"^([0-9]{1,3})[.、．](.*)$", RegexOptions.NonBacktracking)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^第[一二三四五六七八九十百零〇0-9]+[编章节](?:[\s\u3000].*)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Chapter();
}
