using System.Globalization;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Directory;

/// <summary>
/// What a search of titles can be narrowed by, as lexemes beside the grams: met within the index. No word of a title
/// begins with the mark, so that nothing typed ever meets a tag.
/// </summary>
internal static class EntryTags
{
    /// <summary>The public may find it.</summary>
    public const string Listed = "#listed";

    public static string OfScope(Guid siteId) => "#s" + siteId.ToString("N");

    public static string OfSite(Guid siteId) => "#o" + siteId.ToString("N");

    public static string OfYear(int year) => "#y" + year.ToString(CultureInfo.InvariantCulture);

    /// <summary>The quarter of publication, some quarters on: the window in which a search looks first.</summary>
    public static string OfQuarter(DateTimeOffset publishedAt, int on = 0)
    {
        var day = BeijingTime.In(publishedAt);
        var quarter = (day.Year * 4) + ((day.Month - 1) / 3) + on;
        return "#q" + quarter.ToString(CultureInfo.InvariantCulture);
    }

    public static string OfSubject(string code) => "#u" + code;

    public static string OfGenre(string code) => "#g" + code;

    public static string OfItem(string code) => "#i" + code;

    public static string OfFiveOpenness(string code) => "#f" + code;

    public static string OfValidity(string code) => "#v" + code;
}
