using MediatR;
using Portal.Disclosure.Contracts;
using Portal.Disclosure.Openness;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.EvictPages;

/// <summary>
/// Evicts what showed, or will show, an entry that changed: its record, the lists above it, its document's page. An entry
/// that is no document of the platform is timed by its metadata.
/// </summary>
internal sealed class OnDirectoryEntryChanged(IPageCache cache, OpennessItems items) : INotificationHandler<DirectoryEntryChanged>
{
    public async Task Handle(DirectoryEntryChanged notification, CancellationToken cancellationToken)
    {
        HashSet<string> tags = [CacheTags.DirectoryEntry(notification.EntryId), .. notification.SitePath.Select(CacheTags.Directory)];
        if (notification.DocumentId is { } document)
        {
            tags.Add(CacheTags.Document(document));
        }
        else
        {
            await items.RenewEntryAsync(notification.EntryId, cancellationToken);
        }

        await cache.EvictAsync(tags, cancellationToken);
    }
}
