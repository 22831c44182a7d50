using MediatR;
using Portal.Publishing.Contracts;
using Portal.Shared.Web;

namespace Portal.Publishing.Pages.EvictPages;

/// <summary>Evicts what showed, or will show, a document whose public edition changed.</summary>
internal sealed class OnEditionPublished(IPageCache cache) : INotificationHandler<EditionPublished>
{
    public Task Handle(EditionPublished notification, CancellationToken cancellationToken)
    {
        HashSet<string> tags =
        [
            CacheTags.Document(notification.DocumentId),
            CacheTags.Path(notification.SiteId, notification.Path),
            CacheTags.Path(notification.SiteId, ""),
            CacheTags.Search,
        ];
        if (notification.FormerPath is { } former)
        {
            tags.Add(CacheTags.Path(notification.SiteId, former));
        }

        tags.UnionWith(notification.Lineage.Concat(notification.FormerLineage).Select(CacheTags.Channel));
        tags.UnionWith(notification.Interprets.Select(CacheTags.Document));
        return cache.EvictAsync(tags, cancellationToken);
    }
}
