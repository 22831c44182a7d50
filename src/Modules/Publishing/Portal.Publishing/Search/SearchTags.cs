using System.Globalization;

namespace Portal.Publishing.Search;

/// <summary>
/// What a search can be narrowed by, as lexemes beside the grams: site, type and year are then met within the index,
/// and a frequent word on a small site does not read the whole province first. No word of a text begins with the mark,
/// so that nothing typed ever meets a tag.
/// </summary>
internal static class SearchTags
{
    public static string OfSite(Guid siteId) => "#s" + siteId.ToString("N");

    public static string OfType(string type) => "#t" + type;

    public static string OfYear(int year) => "#y" + year.ToString(CultureInfo.InvariantCulture);
}
