using Portal.Shared.Sites;

namespace Portal.Interaction.HotTopics.Signals;

/// <summary>
/// The regions in which letters are counted together: a prefecture with everything below it, and the province with what
/// belongs to no prefecture. Every site belongs to one.
/// </summary>
internal static class SignalRegions
{
    private const string Prefecture = "prefecture";

    /// <summary>The portal that stands for the region of a site, by the portals of the site's ancestors.</summary>
    public static SiteInfo RegionOf(this ISites sites, SiteInfo site) =>
        site.Path.Select(sites.ById).OfType<SiteInfo>().LastOrDefault(above =>
            above.Kind == SiteKind.Portal && above.OrganisationKind == Prefecture)
        ?? sites.ById(site.Path[0]) ?? site;

    /// <summary>The regions with their sites.</summary>
    public static IReadOnlyList<(SiteInfo Portal, IReadOnlyList<SiteInfo> Sites)> Regions(this ISites sites) =>
    [
        .. sites.All.GroupBy(site => sites.RegionOf(site).Id)
            .Select(group => (sites.ById(group.Key)!, (IReadOnlyList<SiteInfo>)[.. group]))
            .OrderBy(region => region.Item1.RegionCode, StringComparer.Ordinal).ThenBy(region => region.Item1.Id),
    ];
}
