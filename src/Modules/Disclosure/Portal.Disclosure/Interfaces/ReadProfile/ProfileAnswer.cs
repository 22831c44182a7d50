using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;

namespace Portal.Disclosure.Interfaces.ReadProfile;

/// <summary>The metadata profile as programs read it. What is published here only grows.</summary>
public sealed record ProfileAnswer(
    string Version, DateOnly EffectiveFrom, IReadOnlyList<ElementAnswer> Elements, IReadOnlyList<ElementAnswer> Overlay,
    IReadOnlyList<CodeListAnswer> Lists)
{
    internal static ProfileAnswer Of(MetadataProfile profile, IStringLocalizer<DirectoryText> names) => new(
        profile.Version, profile.EffectiveFrom,
        [.. profile.Elements.Select(element => ElementAnswer.Of(element, names))],
        [.. profile.Overlay.Select(element => ElementAnswer.Of(element, names))],
        [
            .. Classifications.All.Select(list => new CodeListAnswer(
                list.Key,
                names["Element." + (profile.Elements.FirstOrDefault(element => element.Vocabulary == list.Key)
                    ?? profile.Overlay.First(element => element.Vocabulary == list.Key)).Key],
                [
                    .. list.Versions.Select(version => new CodeVersionAnswer(
                        version.Version, version.EffectiveFrom,
                        [.. version.Items.Select(item => new CodeAnswer(item.Code, item.Name, item.Parent, item.Successor))])),
                ])),
        ]);
}

/// <summary>An element.</summary>
public sealed record ElementAnswer(
    string Key, string Name, int? Core, string Tag, string Type, int Max, int Many, string? Vocabulary, bool Leaf, bool Past,
    string Obligation, string? Condition, string? Default, bool Allotted)
{
    internal static ElementAnswer Of(MetadataElement element, IStringLocalizer<DirectoryText> names) => new(
        element.Key, names["Element." + element.Key], element.Core, element.Tag,
        char.ToLowerInvariant(element.Type.ToString()[0]) + element.Type.ToString()[1..], element.Max, element.Many,
        element.Vocabulary, element.Leaf, element.Past, element.Obligation,
        names["Condition." + element.Key] is { ResourceNotFound: false } words ? words.Value : null, element.Default,
        element.Source == ElementSource.Allotted);
}

/// <summary>A code list with all its versions.</summary>
public sealed record CodeListAnswer(string Key, string Name, IReadOnlyList<CodeVersionAnswer> Versions);

/// <summary>A version of a code list.</summary>
public sealed record CodeVersionAnswer(string Version, DateOnly EffectiveFrom, IReadOnlyList<CodeAnswer> Items);

/// <summary>A code.</summary>
public sealed record CodeAnswer(string Code, string Name, string? Parent, string? Successor);
