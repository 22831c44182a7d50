using Portal.Publishing.Documents;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Publishing.Search;

/// <summary>Makes the index rows of a published page.</summary>
internal static class SearchIndex
{
    /// <summary>
    /// Characters a part. Small enough that the recheck of an exact phrase reads little, large enough that two words of
    /// one sentence rarely fall apart.
    /// </summary>
    private const int PartLength = 8_000;

    public static IReadOnlyList<SearchEntry> EntriesOf(PublishedPage page, IReadOnlyList<Guid> lineage, string plainText)
    {
        if (page.Status != PageStatus.Page && page.Status != PageStatus.Withdrawn)
        {
            return [];
        }

        var year = BeijingTime.In(page.PublishedAt).Year;
        var titleGrams = new GramSet();
        titleGrams.Add(SearchTags.OfSite(page.SiteId));
        titleGrams.Add(SearchTags.OfType(page.Type));
        titleGrams.Add(SearchTags.OfYear(year));
        Grams.Collect(Grams.Fold(page.Title), titleGrams);
        Grams.Collect(Grams.Fold(string.Join(' ', page.Keywords)), titleGrams);
        var number = page.Fields.GetValueOrDefault("documentNumber");
        List<SearchEntry> entries = [];
        foreach (var text in Parts(plainText))
        {
            // Every part knows the title, so that "word of the title + word of page 40" finds the document.
            var grams = new GramSet();
            grams.Add(titleGrams);
            Grams.Collect(Grams.Fold(text), grams);
            if (number is not null)
            {
                Grams.Collect(Grams.Fold(number), grams);
            }

            var first = entries.Count == 0;
            entries.Add(new SearchEntry
            {
                DocumentId = page.DocumentId,
                Language = page.Language,
                Part = entries.Count,
                SiteId = page.SiteId,
                Lineage = [.. lineage],
                Type = page.Type,
                Year = year,
                PublishedAt = page.PublishedAt,
                DocumentNumber = first && number is not null ? DocumentNumbers.Key(number) : null,
                Title = page.Title,
                Text = text,
                TitleGrams = first ? titleGrams.ToLexemes() : null,
                TextGrams = grams.ToLexemes(),
            });
        }

        return entries;
    }

    private static IEnumerable<string> Parts(string text)
    {
        if (text.Length <= PartLength)
        {
            yield return text;
            yield break;
        }

        var start = 0;
        while (start < text.Length)
        {
            var end = Math.Min(start + PartLength, text.Length);
            if (end < text.Length)
            {
                // Cut at a line's end, where no phrase crosses; a line without end is cut where it must be.
                var line = text.LastIndexOf('\n', end - 1, end - start);
                end = line > start ? line + 1 : end;
                if (char.IsHighSurrogate(text[end - 1]))
                {
                    end--;
                }
            }

            yield return text[start..end];
            start = end;
        }
    }
}
