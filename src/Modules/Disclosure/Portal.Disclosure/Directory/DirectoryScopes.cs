using Portal.Shared.Sites;

namespace Portal.Disclosure.Directory;

/// <summary>Which directory a site's entries belong to.</summary>
internal static class DirectoryScopes
{
    /// <summary>
    /// The nearest portal of a province or prefecture at or above the site (S-04): what a city system docks with is the
    /// directory of its prefecture.
    /// </summary>
    public static Guid DirectoryOf(this ISites sites, SiteInfo site) =>
        site.Path.Reverse()
            .Select(sites.ById)
            .FirstOrDefault(above => above is { Kind: SiteKind.Portal }
                && above.OrganisationKind.ToUpperInvariant() is "PROVINCE" or "PREFECTURE")
            ?.Id ?? site.Path[0];
}
