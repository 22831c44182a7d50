using Portal.Shared.Actors;
using Portal.Shared.Sites;

namespace Portal.Audit.Trail;

/// <summary>
/// What the current actor may read of the trail: the sites on which a grant carries it, and what belongs to no site
/// for a grant on the provincial portal only.
/// </summary>
internal sealed class TrailScope(ICurrentActor current, ISites sites)
{
    private IReadOnlyList<SiteInfo>? _sites;

    public IReadOnlyList<SiteInfo> Sites => _sites ??= current.Actor is not { } actor
        ? []
        : [.. sites.All.Where(site => actor.Can(Permission.ReadTrail, site)).OrderBy(site => site.Path.Count).ThenBy(site => site.Name, StringComparer.Ordinal)];

    public bool IsProvincial => Sites.Any(site => site.ParentId is null);

    public IQueryable<Entry> Visible(IQueryable<Entry> entries)
    {
        if (IsProvincial)
        {
            return entries;
        }

        var ids = Sites.Select(site => (Guid?)site.Id).ToArray();
        return entries.Where(entry => ids.Contains(entry.SiteId));
    }

    public string? NameOf(Guid? siteId) => siteId is { } id ? sites.ById(id)?.Name : null;
}
