using System.Text.RegularExpressions;

namespace Portal.Disclosure.Directory;

/// <summary>
/// When an element must be there: <c>required</c>, <c>optional</c>, or for a conditional element (条件必选)
/// <c>kind == normative</c>, <c>genre in official</c>, <c>kind in law,regulation</c>. Behind <c>in</c> stand codes of the
/// element's list or names of its groups.
/// </summary>
internal sealed partial class Obligation
{
    public const string Required = "required";
    public const string Optional = "optional";

    private readonly bool _always;

    private Obligation(bool always, string? element, IReadOnlyList<string> values)
    {
        _always = always;
        Element = element;
        Values = values;
    }

    /// <summary>The element that the condition looks at; null without one.</summary>
    public string? Element { get; }

    /// <summary>Codes or groups, one of which it must have.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <exception cref="FormatException">The expression cannot be read.</exception>
    public static Obligation Parse(string expression)
    {
        if (expression is Required or Optional)
        {
            return new Obligation(expression == Required, null, []);
        }

        var match = Condition().Match(expression);
        return match.Success
            ? new Obligation(
                false, match.Groups["element"].Value,
                match.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries))
            : throw new FormatException($"The obligation “{expression}” cannot be read.");
    }

    public bool Holds(EntryMetadata metadata) =>
        _always || (Element is not null && metadata.One(Element) is { } code && Matches(code));

    /// <exception cref="FormatException">It names an element or a code that the profile does not have.</exception>
    public void Check(MetadataProfile profile)
    {
        if (Element is null)
        {
            return;
        }

        if (profile.Find(Element) is not { Vocabulary: { } vocabulary })
        {
            throw new FormatException($"An obligation looks at “{Element}”, which is no code of the profile.");
        }

        var items = Classifications.Of(vocabulary).Versions[^1].Items;
        if (Values.FirstOrDefault(value => !items.Any(item => item.Code == value || item.Groups.Contains(value))) is { } unknown)
        {
            throw new FormatException($"An obligation names “{unknown}”, which the list {vocabulary} does not have.");
        }
    }

    private bool Matches(string code) =>
        Values.Contains(code)
        || (MetadataProfile.Current.Find(Element!)?.Vocabulary is { } vocabulary
            && Classifications.Of(vocabulary).ItemOf(code) is { } item
            && item.Groups.Any(Values.Contains));

    [GeneratedRegex(@"^(?<element>[a-zA-Z]+)\s+(?:==|in)\s+(?<values>[\w-]+(?:\s*,\s*[\w-]+)*)$",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Condition();
}
