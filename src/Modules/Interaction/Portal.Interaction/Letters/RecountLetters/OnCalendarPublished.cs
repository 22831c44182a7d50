using MediatR;
using Portal.Host.Contracts;

namespace Portal.Interaction.Letters.RecountLetters;

/// <summary>A new version of a calendar: the letters that are open are read anew.</summary>
internal sealed class OnCalendarPublished(RecountLetters letters) : INotificationHandler<CalendarPublished>
{
    public Task Handle(CalendarPublished notification, CancellationToken cancellationToken) =>
        letters.RunAsync(notification.RegionCode, cancellationToken);
}
