using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents.ListDocuments;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Publishing.Documents;

/// <summary>The open channels of a site in which the actor of this request may do something.</summary>
internal sealed class WritableChannels(PublishingDbContext db, ICurrentActor current, ICurrentSite currentSite)
{
    /// <summary>Those to write in on the current site; refused when there is none.</summary>
    public Task<Outcome<IReadOnlyList<ChannelChoice>>> OfCurrentSiteAsync(CancellationToken cancellationToken) =>
        OfCurrentSiteAsync(Permission.WriteDocuments, cancellationToken);

    public async Task<Outcome<IReadOnlyList<ChannelChoice>>> OfCurrentSiteAsync(
        Permission permission, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site || !actor.Knows(site))
        {
            return Failure.NotFound;
        }

        var channels = await db.Channels.AsNoTracking()
            .Where(row => row.SiteId == site.Id && row.ClosedAt == null).ToListAsync(cancellationToken);
        List<ChannelChoice> open =
        [
            .. channels.InTreeOrder().Where(row => actor.Can(permission, site, row.Lineage))
                .Select(row => new ChannelChoice(row.Id, row.Name, row.Level, row.Path)),
        ];
        return open.Count > 0 || actor.Can(permission, site) ? open : Failure.Forbidden;
    }
}
