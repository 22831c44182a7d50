using Portal.Disclosure.Contracts;
using Portal.Disclosure.Openness;
using Portal.Shared.Messaging;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.EvictPages;

/// <summary>
/// Evicts what showed, or will show, entries that changed: their records, the lists above them, their documents' pages. An
/// entry that is no document of the platform is timed by its metadata.
/// </summary>
internal sealed class OnDirectoryEntryChanged(IPageCache cache, OpennessItems items) : IHandlesTogether<DirectoryEntryChanged>
{
    public Task Handle(DirectoryEntryChanged notification, CancellationToken cancellationToken) =>
        HandleTogether([notification], cancellationToken);

    public async Task HandleTogether(IReadOnlyList<DirectoryEntryChanged> notifications, CancellationToken cancellationToken)
    {
        HashSet<string> tags = [];
        foreach (var changed in notifications)
        {
            tags.Add(CacheTags.DirectoryEntry(changed.EntryId));
            tags.UnionWith(changed.SitePath.Select(CacheTags.Directory));
            if (changed.DocumentId is { } document)
            {
                tags.Add(CacheTags.Document(document));
            }
        }

        List<Guid> own = [.. notifications.Where(changed => changed.DocumentId is null).Select(changed => changed.EntryId)];
        if (own.Count > 0)
        {
            await items.RenewEntriesAsync(own, cancellationToken);
        }

        await cache.EvictAsync(tags, cancellationToken);
    }
}
