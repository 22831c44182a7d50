using Portal.Shared.Sites;

namespace Portal.Shared.Calendars;

/// <summary>
/// The calendars in force in the province's regions, from a snapshot that follows publications within seconds. A region
/// inherits what the regions above it publish and overrules single days of it (放假办法 art. 4).
/// </summary>
public interface ICalendars
{
    /// <summary>The calendar in force in a region; <see cref="WorkingCalendar.Version"/> names what it is made of.</summary>
    /// <param name="regionCode">行政区划代码, six digits; with any other text, the calendar of the nation.</param>
    WorkingCalendar For(string regionCode);

    /// <summary>Loads the snapshot in a process that does not follow changes: a command.</summary>
    ValueTask EnsureLoadedAsync(CancellationToken cancellationToken);
}

/// <summary>Calendars of sites.</summary>
public static class SiteCalendars
{
    /// <summary>The calendar in force where a site's organisation is.</summary>
    public static WorkingCalendar For(this ICalendars calendars, SiteInfo site)
    {
        ArgumentNullException.ThrowIfNull(calendars);
        ArgumentNullException.ThrowIfNull(site);
        return calendars.For(site.RegionCode);
    }
}
