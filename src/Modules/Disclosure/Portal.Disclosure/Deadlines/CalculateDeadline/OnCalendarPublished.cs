using MediatR;
using Portal.Host.Contracts;
using Portal.Shared.Web;

namespace Portal.Disclosure.Deadlines.CalculateDeadline;

/// <summary>A new version of a calendar: every page that shows counted days is read anew.</summary>
internal sealed class OnCalendarPublished(IPageCache pages) : INotificationHandler<CalendarPublished>
{
    public Task Handle(CalendarPublished notification, CancellationToken cancellationToken) =>
        pages.EvictAsync([CacheTags.Calendar], cancellationToken);
}
