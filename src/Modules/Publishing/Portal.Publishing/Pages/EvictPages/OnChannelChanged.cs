using MediatR;
using Portal.Publishing.Contracts;
using Portal.Shared.Web;

namespace Portal.Publishing.Pages.EvictPages;

/// <summary>A channel's name and place stand in the navigation of every page of its site.</summary>
internal sealed class OnChannelChanged(IPageCache cache) : INotificationHandler<ChannelChanged>
{
    public Task Handle(ChannelChanged notification, CancellationToken cancellationToken) =>
        cache.EvictAsync(
            [CacheTags.Site(notification.SiteId), CacheTags.Channel(notification.ChannelId)], cancellationToken);
}
