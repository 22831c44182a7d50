using MediatR;
using Portal.Host.Contracts;
using Portal.Interaction.ErrorReports;

namespace Portal.Interaction.Letters.RecountLetters;

/// <summary>A new version of a calendar: the letters and error reports that are open are read anew.</summary>
internal sealed class OnCalendarPublished(RecountLetters letters, RecountErrorReports reports) : INotificationHandler<CalendarPublished>
{
    public async Task Handle(CalendarPublished notification, CancellationToken cancellationToken)
    {
        await letters.RunAsync(notification.RegionCode, cancellationToken);
        await reports.RunAsync(cancellationToken);
    }
}
