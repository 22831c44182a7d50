using MediatR;
using Portal.Interaction.ErrorReports;
using Portal.Interaction.HotTopics;
using Portal.Publishing.Contracts;

namespace Portal.Interaction.Announcements;

/// <summary>
/// What the public sees of a document changed: it may be an announcement of this module, put right what was reported of it,
/// or be what a hot topic was answered with.
/// </summary>
internal sealed class OnEditionPublished(FollowAnnouncements announcements, FollowCorrections corrections, FollowResponses responses)
    : INotificationHandler<EditionPublished>
{
    public async Task Handle(EditionPublished notification, CancellationToken cancellationToken)
    {
        await corrections.FollowAsync(notification, cancellationToken);
        if (notification.Language == "zh-CN")
        {
            await announcements.FollowAsync(notification, cancellationToken);
            await responses.FollowAsync(notification, cancellationToken);
        }
    }
}
