using Portal.Shared.Calendars;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Requests;

/// <summary>The calendar by which a site's requests are counted: that of its organisation's region.</summary>
internal sealed class RequestCalendars(ICalendars calendars, ISites sites)
{
    public WorkingCalendar Of(Guid siteId) =>
        sites.ById(siteId) is { } site ? calendars.For(site) : calendars.For("");
}
