using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Contracts;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Interaction.Announcements;

/// <summary>
/// The document of an announcement changed in public. The fact is only the occasion: what the public has now is asked for,
/// so that facts in any order, or told twice, lead to the same.
/// </summary>
internal sealed class FollowAnnouncements(
    InteractionDbContext db, ISender sender, IEnumerable<IAnnounced> areas, ISites sites, IPageCache cache)
{
    public async Task FollowAsync(EditionPublished fact, CancellationToken cancellationToken)
    {
        if (fact.Type != AnnouncementDesk.DocumentType
            || await db.AnnouncedDocuments.SingleOrDefaultAsync(row => row.Id == fact.DocumentId, cancellationToken) is not { } document)
        {
            return;
        }

        var published = await sender.Send(new GetPublishedDocuments([document.Id]), cancellationToken);
        if (published.Count == 0 || published[0].Sequence <= document.PublishedSequence)
        {
            return;
        }

        var now = published[0];
        var area = areas.SingleOrDefault(area => area.Takes(document.Kind));
        document.PublishedSequence = now.Sequence;
        if (now.Status == "Page" && await AnnouncementAsync(document, now, cancellationToken) is { } announcement)
        {
            document.PublishedId = announcement.Id;
            document.Path = now.Path;
            document.Title = announcement.Title;
            document.CountsOn = announcement.CountsOn;
            document.PublishedAt = now.UpdatedAt;
            document.FirstPublishedAt ??= now.PublishedAt;
            document.WithdrawnAt = null;
            await (area?.PublishedAsync(announcement, document, cancellationToken) ?? Task.CompletedTask);
        }
        else
        {
            document.PublishedId = null;
            document.CountsOn = null;
            document.WithdrawnAt = now.UpdatedAt;
            await (area?.WithdrawnAsync(document, cancellationToken) ?? Task.CompletedTask);
        }

        await db.SaveChangesAsync(cancellationToken);
        await sites.EnsureLoadedAsync(cancellationToken);
        await cache.EvictAsync(
            [CacheTags.Activity(document.SubjectId), .. (sites.ById(document.SiteId)?.Path ?? [document.SiteId]).Select(CacheTags.Interaction)],
            cancellationToken);
    }

    private async Task<Announcement?> AnnouncementAsync(
        AnnouncedDocument document, PublishedDocument published, CancellationToken cancellationToken) =>
        Guid.TryParse(published.Fields.GetValueOrDefault(AnnouncementDesk.CompositionField), out var id)
            ? await db.Announcements.SingleOrDefaultAsync(row => row.Id == id && row.DocumentId == document.Id, cancellationToken)
            : null;
}
