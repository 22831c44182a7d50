using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Docking;

/// <summary>Which docked units an administrator answers for: those of the sites of the grants.</summary>
internal sealed class SourceScope(DisclosureDbContext db, ICurrentActor current, ISites sites, TimeProvider clock)
{
    public Actor Actor => current.Actor!;

    public IReadOnlyList<SiteInfo> Sites => SitesOf(Actor);

    public IReadOnlyList<SiteInfo> SitesOf(Actor actor) => actor.SitesWith(Permission.ManageSites, sites.All);

    public IQueryable<DockedSource> Mine => MineOf(Actor);

    public IQueryable<DockedSource> MineOf(Actor actor)
    {
        var ids = SitesOf(actor).Select(site => site.Id).ToList();
        return db.DockedSources.Where(source => ids.Contains(source.SiteId));
    }

    public async Task<Outcome<DockedSource>> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await db.DockedSources.SingleOrDefaultAsync(source => source.Id == id, cancellationToken) is not { } found
            ? Failure.NotFound
            : sites.ById(found.SiteId) is { } site && Actor.Can(Permission.ManageSites, site) ? found
            : Failure.OutOfScope;

    public string NameOf(Guid siteId) => sites.ById(siteId)?.Name ?? "";

    /// <summary>Keeps a decision on a source for the trail.</summary>
    public void Record(
        string action, DockedSource source, string? reason = null, params (string Name, string Value)[] facts)
    {
        db.Record(Decision.By(
            Actor, clock.GetUtcNow(), "disclosure.docking." + action, source.SiteId, "docking-source", source.Id.ToString(),
            source.Name, reason, contentHash: null, facts));
    }
}
