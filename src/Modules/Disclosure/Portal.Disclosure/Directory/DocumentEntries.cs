using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Contracts;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Directory;

/// <summary>Makes entries of published documents and keeps them what the documents are.</summary>
internal sealed class DocumentEntries(
    DisclosureDbContext db, DirectoryWriter writer, ISender sender, ISites sites, ISettings settings, TimeProvider clock)
{
    /// <summary>
    /// Brings the entries of documents up to what the public gets now. Call inside a transaction; saves. Documents that
    /// are in no directory are passed over; one that has an entry keeps it, whatever its type enters today.
    /// </summary>
    /// <returns>How many entries were made or changed.</returns>
    public async Task<int> RenewAsync(
        IReadOnlyCollection<(Guid DocumentId, Guid SiteId)> documents, Guid? actorId, CancellationToken cancellationToken)
    {
        await sites.EnsureLoadedAsync(cancellationToken);
        await settings.EnsureLoadedAsync(cancellationToken);
        var owners = documents.Select(document => sites.ById(document.SiteId)).OfType<SiteInfo>().Distinct().ToList();
        await writer.LockAsync(owners.Select(sites.DirectoryOf), cancellationToken);
        await writer.PrepareAsync(owners, cancellationToken);
        var ids = documents.Select(document => document.DocumentId).Distinct().ToList();
        // Asked under the lock: what is read now is no older than what any earlier holder of it has written.
        var published = await sender.Send(new GetPublishedDocuments(ids), cancellationToken);
        var entries = await db.Entries.Where(entry => ids.Contains(entry.DocumentId!.Value))
            .ToDictionaryAsync(entry => entry.DocumentId!.Value, cancellationToken);
        var staged = await db.DocumentMetadata.AsNoTracking().Where(row => ids.Contains(row.DocumentId))
            .ToDictionaryAsync(row => row.DocumentId, cancellationToken);
        var before = entries.Values.Sum(entry => entry.Version);
        var added = 0;
        foreach (var document in published.OrderBy(document => document.PublishedAt).ThenBy(document => document.Id))
        {
            if (sites.ById(document.SiteId) is not { } site)
            {
                continue;
            }

            var staff = staged.GetValueOrDefault(document.Id);
            if (entries.TryGetValue(document.Id, out var entry))
            {
                if (document.Sequence >= entry.DocumentSequence)
                {
                    await writer.UpdateAsync(entry, DraftOf(document, site, staff, entry), actorId, cancellationToken);
                }
            }
            else if (IsListed(document) && settings.For<DisclosureSettings>(site.Id).Types.Contains(document.Type))
            {
                await writer.AddAsync(DraftOf(document, site, staff, null), actorId, cancellationToken);
                added++;
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return added + entries.Values.Sum(entry => entry.Version) - before;
    }

    // A page under a banner of withdrawal no longer holds: its entry is a tombstone as well.
    private static bool IsListed(PublishedDocument document) => document.Status == "Page";

    private EntryDraft DraftOf(
        PublishedDocument document, SiteInfo site, DocumentMetadata? staff, DirectoryEntry? entry)
    {
        var composed = MetadataComposer.Compose(
            DocumentFacts.Of(document, site.OrganisationName),
            staff?.ConfirmedValues is { } confirmed ? (confirmed, staff.ConfirmedVersions) : null,
            entry?.CodeVersions ?? [],
            BeijingTime.Date(clock.GetUtcNow()));
        var listed = IsListed(document);
        return new EntryDraft
        {
            Site = site,
            Origin = EntryOrigin.Document,
            DocumentId = document.Id,
            DocumentType = document.Type,
            // A page that is gone has no facts any more; the record keeps those it had.
            Metadata = listed || entry is null ? composed.Values : entry.Metadata,
            CodeVersions = listed || entry is null ? composed.Versions : entry.CodeVersions,
            PublishedAt = document.PublishedAt,
            Path = document.Path,
            State = listed && entry is not { WithdrawnByStaff: true } ? EntryState.Listed : EntryState.Withdrawn,
            Reason = listed
                ? entry is { WithdrawnByStaff: true } ? entry.Reason : null
                : document.Reason,
            DocumentHash = document.ContentHash,
            DocumentSequence = document.Sequence,
        };
    }
}
