using Portal.Shared.Calendars;
using Portal.Shared.Sites;

namespace Portal.Interaction.Letters;

/// <summary>The calendar by which a site's letters are counted: that of its organisation's region.</summary>
internal sealed class LetterCalendars(ICalendars calendars, ISites sites)
{
    public WorkingCalendar Of(Guid siteId) =>
        sites.ById(siteId) is { } site ? calendars.For(site) : calendars.For("");
}
