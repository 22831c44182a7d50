using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Host.Calendars;

/// <summary>A region that keeps a calendar: the government that stands for it.</summary>
public sealed record CalendarRegion(string Code, string Name, Guid SiteId)
{
    /// <summary>Does its calendar settle whole years, rather than single days?</summary>
    public bool IsProvince => Regions.IsProvince(Code);
}

/// <summary>Whose calendars an administrator keeps: the regions whose government's portal lies in the scope.</summary>
internal sealed class CalendarScope(ISites sites, ICurrentActor current)
{
    public IReadOnlyList<CalendarRegion> Mine => MineOf(current.Actor!);

    public IReadOnlyList<CalendarRegion> MineOf(Actor actor) =>
    [
        .. sites.All.OfRegions().Where(site => actor.Can(Permission.ManageSettings, site))
            .Select(site => new CalendarRegion(site.RegionCode, site.OrganisationName, site.Id)),
    ];

    public Outcome<CalendarRegion> Find(string? code)
    {
        if (Mine.FirstOrDefault(region => region.Code == code) is { } region)
        {
            return region;
        }

        return sites.All.OfRegions().Any(site => site.RegionCode == code) ? Failure.OutOfScope : Failure.NotFound;
    }
}
