using Microsoft.EntityFrameworkCore;
using Portal.Shared.Calendars;
using Portal.Shared.Settings;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Openness.RecomputeDeadlines;

/// <summary>How many open items were looked at, and for how many the due date is another.</summary>
internal sealed record Recomputed(long Open, long Moved);

/// <summary>
/// Reads the due dates of open items anew. Items of one site and kind that began on the same day are due on the same day:
/// each day is read once, and one statement writes what moved.
/// </summary>
internal sealed class RecomputeDeadlines(
    DisclosureDbContext db, OpennessClock clock, ISites sites, ISettings settings, ICalendars calendars)
{
    /// <summary>All open items of a region and of those below it; null: of the province. Call inside a transaction.</summary>
    public async Task<Recomputed> RunAsync(string? region, CancellationToken cancellationToken)
    {
        await sites.EnsureLoadedAsync(cancellationToken);
        await settings.EnsureLoadedAsync(cancellationToken);
        await calendars.EnsureLoadedAsync(cancellationToken);
        var prefix = PrefixOf(region);
        List<Guid> owners =
            [.. sites.All.Where(site => site.RegionCode.StartsWith(prefix, StringComparison.Ordinal)).Select(site => site.Id)];
        // Hours run through nights and holidays: no calendar moves them.
        var starts = await db.OpennessItems.AsNoTracking()
            .Where(item => item.DoneAt == null && item.Kind != OpennessKind.Livelihood && owners.Contains(item.SiteId))
            .GroupBy(item => new { item.SiteId, item.Kind, item.StartedAt, item.CycleDays })
            .Select(group => new
            {
                group.Key.SiteId,
                group.Key.Kind,
                group.Key.StartedAt,
                group.Key.CycleDays,
                Count = group.LongCount(),
            })
            .ToListAsync(cancellationToken);
        if (starts.Count == 0)
        {
            return new Recomputed(0, 0);
        }

        var readings = starts.ConvertAll(start => clock.Read(start.Kind, start.SiteId, start.StartedAt, start.CycleDays));
        Guid[] owner = [.. starts.Select(start => start.SiteId)];
        string[] kind = [.. starts.Select(start => start.Kind.ToString())];
        DateTimeOffset[] started = [.. starts.Select(start => start.StartedAt.ToUniversalTime())];
        int?[] cycle = [.. starts.Select(start => start.CycleDays)];
        DateTimeOffset[] due = [.. readings.Select(reading => reading.DueAt!.Value.ToUniversalTime())];
        bool[] provisional = [.. readings.Select(reading => reading.IsProvisional)];
        string[] version = [.. starts.Select(start => clock.CalendarOf(start.SiteId).Version)];
        var moved = await db.Database.ExecuteSqlAsync(
            $"""
            update disclosure.openness_items i
            set due_at = n.due_at, is_provisional = n.provisional, calendar = n.calendar
            from unnest({owner}, {kind}, {started}, {cycle}, {due}, {provisional}, {version})
              as n (site_id, kind, started_at, cycle_days, due_at, provisional, calendar)
            where i.site_id = n.site_id and i.kind = n.kind and i.started_at = n.started_at
              and i.cycle_days is not distinct from n.cycle_days and i.done_at is null
              and (i.due_at, i.is_provisional) is distinct from (n.due_at, n.provisional)
            """,
            cancellationToken);
        return new Recomputed(starts.Sum(start => start.Count), moved);
    }

    // GB/T 2260: two digits name the province, four the prefecture, six the county.
    private static string PrefixOf(string? region) =>
        region is not { Length: 6 } ? ""
        : region.EndsWith("0000", StringComparison.Ordinal) ? region[..2]
        : region.EndsWith("00", StringComparison.Ordinal) ? region[..4]
        : region;
}
