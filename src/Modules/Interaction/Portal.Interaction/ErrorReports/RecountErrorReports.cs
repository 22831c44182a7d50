using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Letters;
using Portal.Shared.Sites;

namespace Portal.Interaction.ErrorReports;

/// <summary>
/// Reads the last days of what is open anew with the calendar in force. A last day that moved is a step of its report; one
/// whose calendar only has another name changes silently.
/// </summary>
internal sealed class RecountErrorReports(InteractionDbContext db, LetterCalendars calendars, ErrorReportWriter writer, ISites sites)
{
    /// <summary>Recounts the reports whose calendar is another one now; answers how many moved.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var open = ErrorReportFlow.Open;
        var moved = 0;
        foreach (var site in sites.All)
        {
            var calendar = calendars.Of(site.Id);
            var reports = await db.ErrorReports
                .Where(row => row.SiteId == site.Id && row.ClosedOn == null && open.Contains(row.State) && row.CalendarVersion != calendar.Version)
                .OrderBy(row => row.Id).ToListAsync(cancellationToken);
            foreach (var report in reports)
            {
                moved += await RecountAsync(report, cancellationToken) ? 1 : 0;
            }

            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }

        return moved;
    }

    private async Task<bool> RecountAsync(ErrorReport report, CancellationToken cancellationToken)
    {
        var found = await writer.CaseAsync(report, cancellationToken);
        var (forward, answer) = (found.ForwardDueOn, found.Reply.DueOn!.Value);
        if ((forward, answer) == (report.ForwardDueOn, report.DueOn))
        {
            report.CalendarVersion = found.Calendar.Version;
            return false;
        }

        writer.Note(
            found, ErrorTrigger.Recount, null, null, ("from", Text(report.DueOn)), ("to", Text(answer)), ("calendar", found.Calendar.Version));
        return true;
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
