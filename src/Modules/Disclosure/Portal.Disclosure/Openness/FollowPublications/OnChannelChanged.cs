using MediatR;
using Portal.Publishing.Contracts;

namespace Portal.Disclosure.Openness.FollowPublications;

/// <summary>A channel of basic information got another name, place or cycle, or was closed (S-03).</summary>
internal sealed class OnChannelChanged(OpennessItems items) : INotificationHandler<ChannelChanged>
{
    public Task Handle(ChannelChanged notification, CancellationToken cancellationToken) =>
        items.RenewChannelAsync(notification.SiteId, notification.ChannelId, cancellationToken);
}
