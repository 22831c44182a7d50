using MediatR;
using Portal.Disclosure.Contracts;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.EvictPages;

/// <summary>Evicts what showed, or will show, an entry that changed: its record, the lists above it, its document's page.</summary>
internal sealed class OnDirectoryEntryChanged(IPageCache cache) : INotificationHandler<DirectoryEntryChanged>
{
    public Task Handle(DirectoryEntryChanged notification, CancellationToken cancellationToken)
    {
        HashSet<string> tags = [CacheTags.DirectoryEntry(notification.EntryId), .. notification.SitePath.Select(CacheTags.Directory)];
        if (notification.DocumentId is { } document)
        {
            tags.Add(CacheTags.Document(document));
        }

        return cache.EvictAsync(tags, cancellationToken);
    }
}
