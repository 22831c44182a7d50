using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Announcements;

namespace Portal.Interaction.HotTopics;

/// <summary>What the reviews released answers its topic; what is withdrawn answers it no longer.</summary>
internal sealed class TopicAnnounced(InteractionDbContext db, TopicWriter writer) : IAnnounced
{
    public bool Takes(AnnouncementKind kind) => kind is AnnouncementKind.HotTopicResponse or AnnouncementKind.Rebuttal;

    public async Task PublishedAsync(Announcement announcement, AnnouncedDocument document, CancellationToken cancellationToken)
    {
        var reviewed = TopicPapers.Read(announcement.Content);
        await ChangeAsync(
            document,
            response =>
            {
                response.Kind = reviewed.Kind;
                response.DocumentId = document.Id;
                response.DocumentSiteId = document.SiteId;
                response.Path = document.Path;
                response.Title = announcement.Title;
                response.Summary = TopicPapers.SummaryOf(reviewed.Written);
                // What was taken away answers anew from when it is back.
                response.PublicAt ??= response.WithdrawnAt is null ? document.FirstPublishedAt : document.PublishedAt;
                response.WithdrawnAt = null;
            },
            cancellationToken);
    }

    public Task WithdrawnAsync(AnnouncedDocument document, CancellationToken cancellationToken) => ChangeAsync(
        document,
        response => (response.PublicAt, response.WithdrawnAt) = (null, document.WithdrawnAt),
        cancellationToken);

    private async Task ChangeAsync(AnnouncedDocument document, Action<TopicResponse> change, CancellationToken cancellationToken)
    {
        var topicId = await db.TopicResponses.Where(row => row.Id == document.SubjectId).Select(row => (Guid?)row.TopicId)
            .SingleOrDefaultAsync(cancellationToken);
        if (topicId is not { } id || await writer.FindAsync(id, cancellationToken) is not { } found)
        {
            return;
        }

        var response = found.Responses.Single(row => row.Id == document.SubjectId);
        change(response);
        response.SavedBy = null;
        response.Version++;
        writer.Settle(found);
    }
}
