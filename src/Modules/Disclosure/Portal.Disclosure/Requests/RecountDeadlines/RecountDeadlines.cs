using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Requests.RecountDeadlines;

/// <summary>
/// Reads the due dates of what is open anew with the calendar in force. A date that moved is a step of its case, which
/// the applicant sees with both dates; a cached date whose calendar only has another name changes silently.
/// </summary>
internal sealed class RecountDeadlines(DisclosureDbContext db, RequestCalendars calendars, RequestWriter writer, ISites sites)
{
    private const int ChunkSize = 200;

    /// <summary>Recounts the requests of sites in a region and those below it; answers how many moved.</summary>
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
            var ids = await db.Requests.AsNoTracking()
                .Where(row => row.SiteId == siteId && row.DueOn != null && row.CalendarVersion != calendar.Version)
                .OrderBy(row => row.Id).Select(row => row.Id).Take(ChunkSize).ToListAsync(cancellationToken);
            if (ids.Count == 0)
            {
                return moved;
            }

            var requests = await db.Requests.Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken);
            var steps = (await db.RequestEvents.AsNoTracking().Where(row => ids.Contains(row.RequestId))
                    .OrderBy(row => row.Sequence).ToListAsync(cancellationToken))
                .ToLookup(row => row.RequestId);
            foreach (var request in requests)
            {
                var found = new RequestCase(request, [.. steps[request.Id]], calendar);
                var due = found.Reply?.DueOn;
                if (due != request.DueOn && due is { } later && request.DueOn is { } before)
                {
                    writer.Note(
                        found, RequestTrigger.Recount, null, null,
                        ("from", Text(before)), ("to", Text(later)), ("calendar", calendar.Version));
                    moved++;
                }
                else
                {
                    request.CalendarVersion = calendar.Version;
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
