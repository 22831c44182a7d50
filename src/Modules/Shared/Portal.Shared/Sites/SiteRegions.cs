namespace Portal.Shared.Sites;

/// <summary>The regions of the province, by the portals of their governments.</summary>
public static class SiteRegions
{
    private static readonly string[] Governments = ["province", "prefecture", "county"];

    /// <summary>
    /// The portal of each region's government, by region code. A department's site stands for no region, although it
    /// carries the code of its government.
    /// </summary>
    public static IEnumerable<SiteInfo> OfRegions(this IEnumerable<SiteInfo> sites) => sites
        .Where(site => site.Kind == SiteKind.Portal && Governments.Contains(site.OrganisationKind))
        .OrderBy(site => site.Path.Count)
        .DistinctBy(site => site.RegionCode)
        .OrderBy(site => site.RegionCode, StringComparer.Ordinal);
}
