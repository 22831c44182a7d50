using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Portal.Shared.Text;

namespace Portal.Disclosure.Directory;

/// <summary>Reads the fields that the profile gives a form.</summary>
internal static partial class MetadataForm
{
    public const int LongestField = 8_000;

    public static EntryMetadata Read(IFormCollection form) =>
        Read(form, MetadataProfile.Current.Elements.Where(element => element.Source != ElementSource.Allotted));

    public static EntryMetadata Read(IFormCollection form, IEnumerable<MetadataElement> elements)
    {
        var metadata = new EntryMetadata();
        foreach (var element in elements)
        {
            var values = form[element.Key].OfType<string>().Select(value => value.CutTo(LongestField));
            metadata.Set(element.Key, element.Type switch
            {
                ElementType.Relation => values.SelectMany(value => value.Split('\n')).Select(TypedText.Line),
                ElementType.List => values.SelectMany(value => Break().Split(value)).Select(TypedText.Line),
                ElementType.LongText => values.Select(TypedText.Paragraphs),
                _ => values.Select(TypedText.Line),
            });
        }

        return metadata;
    }

    public static string Text(this IFormCollection form, string name) => form[name].ToString().CutTo(LongestField).Trim();

    public static int Number(this IFormCollection form, string name) =>
        int.TryParse(form[name], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number : 0;

    [GeneratedRegex(@"[\s,，;；、]+", RegexOptions.NonBacktracking)]
    private static partial Regex Break();
}
