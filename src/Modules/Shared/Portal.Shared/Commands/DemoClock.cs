using Portal.Shared.Calendars;
using Portal.Shared.Ui;

namespace Portal.Shared.Commands;

/// <summary>A clock that seeds of the demo set to the day on which something is to have happened.</summary>
public sealed class DemoClock(DateTimeOffset now) : TimeProvider
{
    /// <summary>What it shows (UTC).</summary>
    public DateTimeOffset Now { get; set; } = now;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => Now;

    /// <summary>
    /// In the morning of the working day so many before <paramref name="now"/>, a few minutes later with each
    /// <paramref name="step"/>; never after it.
    /// </summary>
    public static DateTimeOffset Morning(WorkingCalendar calendar, DateTimeOffset now, int ago, int step)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var today = BeijingTime.Date(now);
        var day = today;
        while (calendar.CountWorkdays(day, today) < ago || !calendar.IsWorkday(day))
        {
            day = day.AddDays(-1);
        }

        var at = BeijingTime.StartOf(day).AddHours(9).AddMinutes(7 * (step + 1));
        return at < now ? at : now;
    }
}
