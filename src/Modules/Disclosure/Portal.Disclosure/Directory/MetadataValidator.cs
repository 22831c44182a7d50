using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Directory;

/// <summary>Says of a record, field by field and in words, why it is not valid by the profile.</summary>
internal sealed class MetadataValidator(IStringLocalizer<DirectoryText> text)
{
    /// <summary>All that is wrong; the field of each is the element's key.</summary>
    /// <param name="metadata">The record.</param>
    /// <param name="versions">The versions of its codes, by element.</param>
    /// <param name="now">Days after today in Beijing are in the future.</param>
    /// <param name="allotted">The platform has given what it gives; before that its elements are not looked at.</param>
    public IReadOnlyList<FieldError> Problems(
        EntryMetadata metadata, IReadOnlyDictionary<string, string> versions, DateTimeOffset now, bool allotted)
    {
        List<FieldError> problems = [];
        var today = BeijingTime.Date(now);
        foreach (var key in metadata.Values.Keys.Where(key => MetadataProfile.Current.Find(key) is null))
        {
            problems.Add(new FieldError(key, text["Problem.Unknown", key]));
        }

        foreach (var element in MetadataProfile.Current.Elements)
        {
            if (element.Source == ElementSource.Allotted && !allotted)
            {
                continue;
            }

            if (metadata.Has(element.Key))
            {
                problems.AddRange(Faults(element, metadata.All(element.Key), versions, today)
                    .Select(fault => new FieldError(element.Key, fault)));
            }
            else if (MetadataProfile.Current.Requires(element, metadata))
            {
                problems.Add(new FieldError(element.Key, Lacking(element)));
            }
        }

        if (DayOf(metadata, "writtenOn") is { } written && DayOf(metadata, "repealedOn") is { } repealed && repealed < written)
        {
            problems.Add(new FieldError("repealedOn", text["Problem.RepealedBeforeWritten"]));
        }

        // What a record says of its validity must be so on the day on which it is said.
        if (metadata.One("validity") is "repealed" or "expired" && DayOf(metadata, "repealedOn") > today)
        {
            problems.Add(new FieldError("validity", text["Problem.NotYetRepealed"]));
        }
        else if (metadata.One("validity") == "effective" && DayOf(metadata, "effectiveOn") > today)
        {
            problems.Add(new FieldError("validity", text["Problem.NotYetEffective"]));
        }

        return problems;
    }

    /// <summary>All that is wrong with what the province adds.</summary>
    public IReadOnlyList<FieldError> OverlayProblems(EntryOverlay overlay, DateTimeOffset now) =>
    [
        .. MetadataProfile.Current.Overlay
            .Where(element => overlay.Values.Has(element.Key))
            .SelectMany(element => Faults(
                    element, overlay.Values.All(element.Key), overlay.CodeVersions, BeijingTime.Date(now))
                .Select(fault => new FieldError(element.Key, fault))),
    ];

    private string Lacking(MetadataElement element)
    {
        var name = text["Element." + element.Key].Value;
        return MetadataProfile.Current.ObligationOf(element) is { Element: not null }
            ? text["Problem.Conditional", name, text["Condition." + element.Key].Value]
            : text["Problem.Required", name];
    }

    private IEnumerable<string> Faults(
        MetadataElement element, IReadOnlyList<string> values, IReadOnlyDictionary<string, string> versions, DateOnly today)
    {
        var name = text["Element." + element.Key].Value;
        if (values.Count > element.Many)
        {
            yield return element.IsMany ? text["Problem.Many", name, element.Many] : text["Problem.One", name];
        }

        foreach (var value in values)
        {
            if (Fault(element, name, value, versions.GetValueOrDefault(element.Key), today) is { } fault)
            {
                yield return fault;
            }
        }
    }

    private string? Fault(MetadataElement element, string name, string value, string? version, DateOnly today) =>
        value.Any(IsTurning) ? text["Problem.Turning", name].Value
        : element.Type switch
        {
            ElementType.Code => CodeFault(element, name, value, version),
            ElementType.Date => DateFault(element, name, value, today),
            ElementType.Instant => DateTimeOffset.TryParse(
                value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _)
                ? null : text["Problem.Instant", name].Value,
            ElementType.Relation => RelationText.Parse(value) is null ? text["Problem.Relation", name, value].Value : null,
            ElementType.Url => Uri.TryCreate(value, UriKind.Absolute, out var address)
                && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && value.Length <= element.Max
                ? null : text["Problem.Url", name].Value,
            ElementType.LongText => LengthFault(element, name, value),
            _ => value.Any(char.IsControl) ? text["Problem.Control", name].Value : LengthFault(element, name, value),
        };

    // Marks that turn the direction of writing make a text read as something else than it says.
    private static bool IsTurning(char character) => character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private string? LengthFault(MetadataElement element, string name, string value) =>
        new StringInfo(value).LengthInTextElements > element.Max ? text["Problem.Long", name, element.Max].Value : null;

    private string? CodeFault(MetadataElement element, string name, string value, string? version)
    {
        var list = Classifications.Of(element.Vocabulary!);
        return list.ItemOf(value, version) is null ? text["Problem.Code", name, value].Value
            : element.Leaf && !list.IsLeaf(value, version) ? text["Problem.Leaf", name, list.NameOf(value, version)].Value
            : null;
    }

    private string? DateFault(MetadataElement element, string name, string value, DateOnly today) =>
        !DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || day.Year < 1900
            ? text["Problem.Date", name, value].Value
            : element.Past && day > today ? text["Problem.Future", name, value].Value
            : null;

    private static DateOnly? DayOf(EntryMetadata metadata, string key) =>
        DateOnly.TryParseExact(
            metadata.One(key), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
