using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Shared.Text;

namespace Portal.Disclosure.Directory;

/// <summary>What a document does to another one.</summary>
public enum RelationKind
{
    /// <summary>修改</summary>
    Amends,

    /// <summary>废止</summary>
    Repeals,

    /// <summary>替代</summary>
    Replaces,

    /// <summary>解读</summary>
    Interprets,

    /// <summary>转载</summary>
    Reprints,

    /// <summary>经公开征求意见: it was consulted on as the other one.</summary>
    ConsultedAs,

    /// <summary>被废止: what the facts of the older document say of the newer.</summary>
    RepealedBy,
}

/// <summary>
/// A relation as a record writes it: <c>amends 云政发〔2020〕3号 2026-03-01</c>. The other document is named by its 文号 or
/// by its index number, whether the directory has it yet or not.
/// </summary>
/// <param name="Kind">What it does.</param>
/// <param name="Other">文号 or index number, normalised.</param>
/// <param name="EffectiveOn">From which day.</param>
public sealed partial record RelationText(RelationKind Kind, string Other, DateOnly? EffectiveOn)
{
    private static readonly Dictionary<string, RelationKind> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["修改"] = RelationKind.Amends,
        ["废止"] = RelationKind.Repeals,
        ["替代"] = RelationKind.Replaces,
        ["解读"] = RelationKind.Interprets,
        ["转载"] = RelationKind.Reprints,
        ["征求意见"] = RelationKind.ConsultedAs,
        ["被废止"] = RelationKind.RepealedBy,
    };

    /// <summary>Reads a relation; null when it is none.</summary>
    public static RelationText? Parse(string text)
    {
        var match = Form().Match(text.Trim());
        if (!match.Success || KindOf(match.Groups["kind"].Value) is not { } kind)
        {
            return null;
        }

        DateOnly? from = null;
        if (match.Groups["day"] is { Success: true } day)
        {
            if (!DateOnly.TryParseExact(
                day.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                return null;
            }

            from = date;
        }

        var other = DocumentNumbers.Normalise(match.Groups["other"].Value);
        return other.Length is 0 or > 100 ? null : new RelationText(kind, other, from);
    }

    /// <summary>The form that records keep.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Word(Kind)} {Other}{(EffectiveOn is { } day ? $" {day:yyyy-MM-dd}" : "")}");

    private static string Word(RelationKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];

    private static RelationKind? KindOf(string word) =>
        Words.TryGetValue(word, out var kind) ? kind
        : !char.IsAsciiDigit(word[0]) && Enum.TryParse<RelationKind>(word, ignoreCase: true, out var named) ? named
        : null;

    [GeneratedRegex(@"^(?<kind>\S+)\s+(?<other>.+?)(?:\s+(?<day>\d{4}-\d{2}-\d{2}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
