using MediatR;
using Portal.Publishing.Contracts;

namespace Portal.Interaction.Announcements;

/// <summary>What the public sees of a document changed: an announcement of this module may be among it.</summary>
internal sealed class OnEditionPublished(FollowAnnouncements announcements) : INotificationHandler<EditionPublished>
{
    public async Task Handle(EditionPublished notification, CancellationToken cancellationToken)
    {
        if (notification.Language == "zh-CN")
        {
            await announcements.FollowAsync(notification, cancellationToken);
        }
    }
}
