using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Openness;

/// <summary>An item that the actor may see.</summary>
internal sealed record ReachedItem(OpennessItem Item, SiteInfo Site, Actor Actor)
{
    /// <summary>Those who write for the site or look after its disclosure answer for what is late.</summary>
    public bool MayExplain => Actor.SitesWith(Permission.WriteDocuments, [Site]).Count > 0
        || Actor.SitesWith(Permission.ManageDisclosure, [Site]).Count > 0;

    public FailureObject About => new("openness", Item.Id.ToString(), Item.Title);
}

/// <summary>Finds an item within the person's grants. Another site's answers as if there were none.</summary>
internal sealed class OpennessScope(DisclosureDbContext db, ISites sites, ICurrentActor current)
{
    public async Task<Outcome<ReachedItem>> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var item = await db.OpennessItems.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (item is null || current.Actor is not { } actor || sites.ById(item.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        var reached = new ReachedItem(item, site, actor);
        return actor.Knows(site) ? reached : Failure.OutOfScope with { About = reached.About };
    }
}
