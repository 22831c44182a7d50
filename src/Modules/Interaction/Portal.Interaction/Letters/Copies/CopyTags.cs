using System.Globalization;
using Portal.Shared.Text;

namespace Portal.Interaction.Letters.Copies;

/// <summary>
/// What a search of public letters can be narrowed by, as lexemes beside the grams. No word begins with the mark, so that
/// nothing typed ever meets a tag.
/// </summary>
internal static class CopyTags
{
    public static string OfSite(Guid siteId) => "#s" + siteId.ToString("N");

    public static string OfMailbox(Guid mailboxId) => "#m" + mailboxId.ToString("N");

    public static string OfUnit(Guid unitSiteId) => "#u" + unitSiteId.ToString("N");

    public static string OfKind(LetterKind kind) => "#k" + kind;

    public static string OfYear(int year) => "#y" + year.ToString(CultureInfo.InvariantCulture);

    /// <summary>The quarter of the reply, some quarters on: the window in which a search looks first.</summary>
    public static string OfQuarter(DateOnly day, int on = 0) =>
        "#q" + ((day.Year * 4) + ((day.Month - 1) / 3) + on).ToString(CultureInfo.InvariantCulture);

    /// <summary>A gram of the title.</summary>
    public static string OfTitle(string gram) => "#t" + gram;

    /// <summary>Everything that a copy is found by.</summary>
    public static string[] Of(LetterCopy copy, IEnumerable<MaskedText> parts)
    {
        var title = new GramSet();
        Grams.Collect(Grams.Fold(copy.Title.ToString()), title);
        var grams = new GramSet();
        foreach (var gram in title.ToLexemes())
        {
            grams.Add(OfTitle(gram));
        }

        foreach (var part in parts)
        {
            Grams.Collect(Grams.Fold(part.ToString()), grams);
        }

        grams.Add(OfSite(copy.SiteId));
        grams.Add(OfMailbox(copy.MailboxId));
        grams.Add(OfUnit(copy.UnitSiteId));
        grams.Add(OfKind(copy.Kind));
        grams.Add(OfYear(copy.RepliedOn.Year));
        grams.Add(OfQuarter(copy.RepliedOn));
        return grams.ToLexemes();
    }
}
