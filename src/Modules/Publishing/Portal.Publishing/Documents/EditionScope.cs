using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Channels;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Publishing.Documents;

/// <summary>An edition that the actor may see, with what surrounds it.</summary>
internal sealed record EditionInScope(
    Edition Edition, Document Document, Channel Channel, SiteInfo Site, Actor Actor)
{
    /// <summary>May the actor do this to the edition where it stands?</summary>
    public bool Can(Permission permission) => Actor.Can(permission, Site, Channel.Lineage);

    /// <summary>
    /// Is it the actor's to take back from the reviews? Whoever wrote in it may; what another module composed has no other
    /// writer than who laid it before the reviews, whose right to write that module has looked after.
    /// </summary>
    public bool IsOwn => Edition.Contributors.Contains(Actor.Id)
        && (DocumentTypes.Find(Document.Type) is { Composed: true } || Can(Permission.WriteDocuments));

    /// <summary>Not allowed; the trail names the edition.</summary>
    public Failure Forbidden(params IReadOnlyList<FieldError> errors) =>
        new(FailureKind.Forbidden, errors) { About = About(Edition) };

    /// <summary>The edition as a refusal names it.</summary>
    public static FailureObject About(Edition edition) => new("edition", edition.Id.ToString(), edition.Title);
}

/// <summary>
/// Finds editions for the actor of this request. What belongs to a site that the actor does not know does not exist;
/// what is known but outside the grants is refused. The site is the row's own, never one that a form names.
/// </summary>
internal sealed class EditionScope(
    PublishingDbContext db, ISites sites, ICurrentActor current, ICurrentSite currentSite)
{
    public async Task<Outcome<EditionInScope>> FindAsync(
        Guid editionId, Permission permission, CancellationToken cancellationToken)
    {
        var found = await (
            from edition in db.Editions
            join document in db.Documents on edition.DocumentId equals document.Id
            join channel in db.Channels on edition.ChannelId equals channel.Id
            where edition.Id == editionId
            select new { edition, document, channel }).SingleOrDefaultAsync(cancellationToken);
        if (found is null || current.Actor is not { } actor || sites.ById(found.edition.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        if (!actor.Knows(site))
        {
            return Failure.OutOfScope with { About = EditionInScope.About(found.edition) };
        }

        var scope = new EditionInScope(found.edition, found.document, found.channel, site, actor);
        return scope.Can(permission) ? scope : scope.Forbidden();
    }

    /// <summary>A channel of the actor's world.</summary>
    public async Task<Outcome<ChannelInScope>> FindChannelAsync(
        Guid channelId, Permission permission, CancellationToken cancellationToken)
    {
        var channel = await db.Channels.SingleOrDefaultAsync(row => row.Id == channelId, cancellationToken);
        if (channel is null || current.Actor is not { } actor || sites.ById(channel.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        if (!actor.Knows(site))
        {
            return Failure.OutOfScope;
        }

        return actor.Can(permission, site, channel.Lineage)
            ? new ChannelInScope(channel, site, actor)
            : Failure.Forbidden;
    }

    /// <summary>
    /// The published document that a person names by its id, its address or its path on this request's site.
    /// </summary>
    public async Task<PublishedPage?> FindPublishedAsync(string named, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(named, out var id))
        {
            return await db.Pages.AsNoTracking()
                .FirstOrDefaultAsync(row => row.DocumentId == id && row.Status == PageStatus.Page, cancellationToken);
        }

        var site = currentSite.Site;
        var path = named.Trim('/');
        if (Uri.TryCreate(named, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            site = sites.ByHost(address!.Host);
            path = address.AbsolutePath.Trim('/');
        }

        return site is null
            ? null
            : await db.Pages.AsNoTracking().FirstOrDefaultAsync(
                row => row.SiteId == site.Id && row.Path == path && row.Status == PageStatus.Page, cancellationToken);
    }
}

/// <summary>A channel that the actor may see.</summary>
internal sealed record ChannelInScope(Channel Channel, SiteInfo Site, Actor Actor);
