using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Directory;

/// <summary>Values as readers see them: codes by the names that their version gave them, instants in Beijing time.</summary>
internal static class MetadataValues
{
    /// <summary>Elements that a table of metadata shows, those of them that have a value, in the order of the profile.</summary>
    public static IEnumerable<(MetadataElement Element, string Text)> Shown(
        EntryMetadata metadata, IReadOnlyDictionary<string, string> versions, IStringLocalizer<DirectoryText> text) =>
        Shown(MetadataProfile.Current.Elements, metadata, versions, text);

    /// <summary>What the province has added, in the order of the profile.</summary>
    public static IReadOnlyList<(MetadataElement Element, string Text)> Shown(
        EntryOverlay? overlay, IStringLocalizer<DirectoryText> text) =>
        overlay is null ? [] : [.. Shown(MetadataProfile.Current.Overlay, overlay.Values, overlay.CodeVersions, text)];

    private static IEnumerable<(MetadataElement Element, string Text)> Shown(
        IReadOnlyList<MetadataElement> elements, EntryMetadata metadata, IReadOnlyDictionary<string, string> versions,
        IStringLocalizer<DirectoryText> text) =>
        elements
            .Where(element => metadata.Has(element.Key))
            .Select(element => (element, Text(element, metadata.All(element.Key), versions.GetValueOrDefault(element.Key), text)));

    public static string Text(
        MetadataElement element, IReadOnlyList<string> values, string? version, IStringLocalizer<DirectoryText> text) =>
        string.Join(
            element.Type switch { ElementType.LongText => "\n", ElementType.Relation => "；", _ => "、" },
            values.Select(value => Text(element, value, version, text)));

    /// <summary>The label of an element.</summary>
    public static string Label(this IStringLocalizer<DirectoryText> text, string key) => text["Element." + key];

    private static string Text(
        MetadataElement element, string value, string? version, IStringLocalizer<DirectoryText> text) => element.Type switch
        {
            ElementType.Code => Classifications.Of(element.Vocabulary!).NameOf(value, version),
            ElementType.Instant => DateTimeOffset.TryParse(
                value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? BeijingTime.Minute(at) : value,
            ElementType.Relation => RelationText.Parse(value) is { } relation
                ? text["Relation." + relation.Kind] + relation.Other
                    + (relation.EffectiveOn is { } day ? text["Relation.From", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)] : "")
                : value,
            _ when element.Key == "language" => text["Language." + value] is { ResourceNotFound: false } name ? name : value,
            _ => value,
        };
}
