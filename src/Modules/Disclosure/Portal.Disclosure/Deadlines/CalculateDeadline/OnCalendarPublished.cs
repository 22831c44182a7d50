using MediatR;
using Portal.Disclosure.Openness.RecomputeDeadlines;
using Portal.Disclosure.Requests.RecountDeadlines;
using Portal.Host.Contracts;
using Portal.Shared.Web;

namespace Portal.Disclosure.Deadlines.CalculateDeadline;

/// <summary>A new version of a calendar: what is open is read anew, and every page that shows counted days.</summary>
internal sealed class OnCalendarPublished(IPageCache pages, RecomputeDeadlines deadlines, RecountDeadlines requests)
    : INotificationHandler<CalendarPublished>
{
    public async Task Handle(CalendarPublished notification, CancellationToken cancellationToken)
    {
        await deadlines.RunAsync(notification.RegionCode, cancellationToken);
        await requests.RunAsync(notification.RegionCode, cancellationToken);
        await pages.EvictAsync([CacheTags.Calendar], cancellationToken);
    }
}
