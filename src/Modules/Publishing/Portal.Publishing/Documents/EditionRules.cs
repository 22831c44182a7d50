using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;
using Portal.Shared.Text;

namespace Portal.Publishing.Documents;

/// <summary>Rules of single values of an edition.</summary>
internal static class EditionRules
{
    public const int MaximumTitle = 100;
    public const int MaximumSummary = 300;
    public const int MaximumSource = 50;
    public const int MaximumAuthor = 30;
    public const int MaximumSlug = 80;
    public const int MaximumReason = 500;
    public const int MaximumAttachments = 50;
    public const int MaximumInterprets = 20;

    /// <summary>
    /// The values of a type's own fields in their kept form; what is wrong goes to <paramref name="errors"/> under
    /// <c>Fields[key]</c>. Empty is allowed here: a draft grows, and completeness is asked when it is submitted.
    /// </summary>
    public static SortedDictionary<string, string> ReadFields(
        DocumentType type,
        IReadOnlyDictionary<string, string> typed,
        List<FieldError> errors,
        IStringLocalizer<DocumentText> text,
        IStringLocalizer<PublishingText> names)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in type.Fields)
        {
            var raw = typed.GetValueOrDefault(field.Key, "");
            var value = field.Kind == FieldKind.Lines ? FormRules.Paragraphs(raw) : FormRules.Clean(raw);
            if (value.Length == 0)
            {
                continue;
            }

            if (Refuse(field, value, names["Field." + field.Key].Value, text) is { } message)
            {
                errors.Add(new FieldError($"Fields[{field.Key}]", message));
                continue;
            }

            values[field.Key] = field.Kind switch
            {
                FieldKind.DocumentNumber => DocumentNumbers.Normalise(value),
                FieldKind.Instant when ChinaTime.TryRead(value, out var instant) => ChinaTime.Field(instant),
                _ => value,
            };
        }

        return values;
    }

    public static bool IsDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date.Year >= 1900;

    private static string? Refuse(DocumentField field, string value, string label, IStringLocalizer<DocumentText> text) =>
        field.Kind switch
        {
            FieldKind.Date when !IsDate(value) => text["Field.Date", label].Value,
            FieldKind.Instant when !ChinaTime.TryRead(value, out _) => text["Field.Instant", label].Value,
            FieldKind.Number when !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) =>
                text["Field.Number", label].Value,
            FieldKind.Choice when field.Choices?.Contains(value) != true => text["Field.Choice", label].Value,
            _ when !FormRules.Fits(value, field.Max) => text["Field.TooLong", label, field.Max].Value,
            _ => null,
        };
}
