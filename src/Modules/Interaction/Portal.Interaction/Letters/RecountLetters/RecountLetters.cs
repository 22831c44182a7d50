using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Sites;

namespace Portal.Interaction.Letters.RecountLetters;

/// <summary>
/// Reads the due dates of what is open anew with the calendar in force. A date that moved is a step of its letter, which
/// the writer sees with both dates; a cached date whose calendar only has another name changes silently.
/// </summary>
internal sealed class RecountLetters(InteractionDbContext db, LetterCalendars calendars, LetterWriter writer, ISites sites)
{
    private const int ChunkSize = 200;

    /// <summary>Recounts the letters of sites in a region and those below it; answers how many moved.</summary>
    public async Task<int> RunAsync(string regionCode, CancellationToken cancellationToken)
    {
        var moved = 0;
        foreach (var site in sites.All.Where(site => IsWithin(site.RegionCode, regionCode)))
        {
            moved += await RunAsync(site.Id, cancellationToken);
        }

        return moved;
    }

    private async Task<int> RunAsync(Guid siteId, CancellationToken cancellationToken)
    {
        var calendar = calendars.Of(siteId);
        var moved = 0;
        while (true)
        {
            var letters = await db.Letters
                .Where(row => row.SiteId == siteId && row.DueOn != null && row.CalendarVersion != calendar.Version)
                .OrderBy(row => row.Id).Take(ChunkSize).ToListAsync(cancellationToken);
            if (letters.Count == 0)
            {
                return moved;
            }

            Guid[] ids = [.. letters.Select(row => row.Id)];
            var steps = (await db.LetterEvents.AsNoTracking().Where(row => ids.Contains(row.LetterId))
                    .OrderBy(row => row.Sequence).ToListAsync(cancellationToken))
                .ToLookup(row => row.LetterId);
            foreach (var letter in letters)
            {
                var found = new LetterCase(letter, [.. steps[letter.Id]], [], calendar);
                if (found.Reply.DueOn is { } later && letter.DueOn is { } before && later != before)
                {
                    writer.Note(
                        found, LetterTrigger.Recount, null, null,
                        ("from", Text(before)), ("to", Text(later)), ("calendar", calendar.Version));
                    moved++;
                }
                else
                {
                    letter.CalendarVersion = calendar.Version;
                }
            }

            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }
    }

    // 行政区划代码: province, prefecture and county two digits each; zeros stand for all below.
    private static bool IsWithin(string code, string region) =>
        region.Length != 6 || code == region
        || (region.EndsWith("0000", StringComparison.Ordinal) && code.StartsWith(region[..2], StringComparison.Ordinal))
        || (region.EndsWith("00", StringComparison.Ordinal) && code.StartsWith(region[..4], StringComparison.Ordinal));

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
