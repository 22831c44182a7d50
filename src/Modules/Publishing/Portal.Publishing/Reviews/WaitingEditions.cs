using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Sites;

namespace Portal.Publishing.Reviews;

/// <summary>An edition with its channel, inside a query.</summary>
internal sealed class EditionInChannel
{
    public required Edition Edition { get; init; }

    public required Channel Channel { get; init; }

    public required string Type { get; init; }
}

/// <summary>
/// The editions that wait for a person, over all sites: those at a stage the person may decide, in whose writing the
/// person had no part, and whose content the person has not approved at another stage (Opinion art. 12).
/// </summary>
internal sealed class WaitingEditions(PublishingDbContext db, ISites sites)
{
    /// <summary>What waits for <paramref name="actor"/>; one stage of it, if named.</summary>
    public IQueryable<EditionInChannel> For(Actor actor, ReviewStage? stage = null)
    {
        var (first, second, release) = (
            ReachOf(actor, ReviewStage.First, stage),
            ReachOf(actor, ReviewStage.Second, stage),
            ReachOf(actor, ReviewStage.Release, stage));
        var id = actor.Id;
        return Joined()
            .Where(row => !row.Edition.Contributors.Contains(id)
                && !db.Reviews.Any(review => review.EditionId == row.Edition.Id
                    && review.ContentHash == row.Edition.ContentHash
                    && review.PersonId == id && review.Decision == ReviewDecision.Approved))
            .Where(row =>
                (row.Edition.State == EditionState.AwaitingFirstReview
                    && (first.Sites.Contains(row.Edition.SiteId)
                        || (first.ChannelSites.Contains(row.Edition.SiteId)
                            && row.Channel.Lineage.Any(channel => first.Channels.Contains(channel)))))
                || (row.Edition.State == EditionState.AwaitingSecondReview
                    && (second.Sites.Contains(row.Edition.SiteId)
                        || (second.ChannelSites.Contains(row.Edition.SiteId)
                            && row.Channel.Lineage.Any(channel => second.Channels.Contains(channel)))))
                || (row.Edition.State == EditionState.AwaitingRelease
                    && (release.Sites.Contains(row.Edition.SiteId)
                        || (release.ChannelSites.Contains(row.Edition.SiteId)
                            && row.Channel.Lineage.Any(channel => release.Channels.Contains(channel))))));
    }

    /// <summary>Every edition within the reach of a permission.</summary>
    public IQueryable<EditionInChannel> Within(Actor actor, Permission permission) =>
        Joined().Where(Inside(Reach.Of(actor, permission, sites)));

    /// <summary>The edition that has waited longest for <paramref name="actor"/>.</summary>
    public Task<Guid?> NextAsync(Actor actor, CancellationToken cancellationToken) =>
        For(actor)
            .OrderBy(row => row.Edition.SubmittedAt ?? row.Edition.UpdatedAt).ThenBy(row => row.Edition.Id)
            .Select(row => (Guid?)row.Edition.Id)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>Who wrote each of <paramref name="editions"/>, in the order in which they began.</summary>
    public async Task<ILookup<Guid, string>> WritersAsync(
        IReadOnlyList<Guid> editions, CancellationToken cancellationToken) =>
        (await db.EditionEdits.AsNoTracking().Where(row => editions.Contains(row.EditionId))
            .OrderBy(row => row.RecordedAt)
            .Select(row => new { row.EditionId, row.PersonName })
            .ToListAsync(cancellationToken)).ToLookup(row => row.EditionId, row => row.PersonName);

    private static Expression<Func<EditionInChannel, bool>> Inside(Reach reach) =>
        row => reach.Sites.Contains(row.Edition.SiteId)
            || (reach.ChannelSites.Contains(row.Edition.SiteId)
                && row.Channel.Lineage.Any(channel => reach.Channels.Contains(channel)));

    private IQueryable<EditionInChannel> Joined() =>
        from edition in db.Editions.AsNoTracking()
        join document in db.Documents on edition.DocumentId equals document.Id
        join channel in db.Channels on edition.ChannelId equals channel.Id
        select new EditionInChannel { Edition = edition, Channel = channel, Type = document.Type };

    private Reach ReachOf(Actor actor, ReviewStage stage, ReviewStage? wanted) =>
        wanted is null || wanted == stage
            ? Reach.Of(actor, ReviewEdition.ReviewEditionHandler.PermissionOf(stage), sites)
            : new Reach([], [], []);
}
