using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Contracts;
using Portal.Shared.Sites;
using Portal.Shared.Text;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics;

/// <summary>
/// A document that a topic was answered with changed in public: one that is withdrawn answers nothing any more, and the topic
/// is open again. The fact is only the occasion: what the public has now is asked for.
/// </summary>
internal sealed class FollowResponses(InteractionDbContext db, TopicWriter writer, ISender sender, ISites sites, IPageCache cache)
{
    public async Task FollowAsync(EditionPublished fact, CancellationToken cancellationToken)
    {
        var topics = await db.TopicResponses
            .Where(row => row.DocumentId == fact.DocumentId && row.Written == null)
            .Select(row => row.TopicId).Distinct().ToListAsync(cancellationToken);
        if (topics.Count == 0
            || await sender.Send(new GetPublishedDocuments([fact.DocumentId]), cancellationToken) is not [var now, ..])
        {
            return;
        }

        await sites.EnsureLoadedAsync(cancellationToken);
        HashSet<string> tags = [];
        foreach (var id in topics)
        {
            var found = (await writer.FindAsync(id, cancellationToken))!;
            foreach (var response in found.Responses.Where(row => row.IsLink && row.DocumentId == fact.DocumentId))
            {
                Bring(response, now);
            }

            writer.Settle(found);
            tags.UnionWith(TagsOf(sites, found.Topic.SiteId));
        }

        await db.SaveChangesAsync(cancellationToken);
        await cache.EvictAsync([.. tags], cancellationToken);
    }

    /// <summary>The pages that show what a site's topics were answered with.</summary>
    public static IEnumerable<string> TagsOf(ISites sites, Guid siteId) =>
        (sites.ById(siteId)?.Path ?? [siteId]).Select(CacheTags.Interaction);

    private static void Bring(TopicResponse response, PublishedDocument now)
    {
        if (now.Status == "Page")
        {
            response.Title = now.Title.CutTo(200);
            response.Summary = now.Summary.CutTo(1000);
            response.Path = now.Path;
            // What was taken away answers anew from when it is back; what nobody has confirmed does not answer.
            response.PublicAt ??= response.IsPending ? null : now.UpdatedAt;
            response.WithdrawnAt = null;
        }
        else
        {
            response.PublicAt = null;
            response.WithdrawnAt ??= now.UpdatedAt;
        }

        response.Version++;
    }
}
