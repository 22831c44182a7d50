using Microsoft.Extensions.Localization;
using Portal.Shared.Calendars;
using Portal.Shared.Ui;

namespace Portal.Publishing.Reviews;

/// <summary>Names the texts of the three reviews; they are beside it.</summary>
public sealed class ReviewText;

internal static class ReviewTexts
{
    /// <summary>How long something has waited, in the words of a queue: in working days, hours on the day itself.</summary>
    /// <param name="text">The texts.</param>
    /// <param name="time">By the clock.</param>
    /// <param name="workdays">In working days.</param>
    public static string Waited(this IStringLocalizer<ReviewText> text, TimeSpan time, int workdays) =>
        workdays > 0 ? text["Waited.Workdays", workdays]
        : time < TimeSpan.FromHours(1) ? text["Waited.Less"]
        : time < TimeSpan.FromDays(1) ? text["Waited.Hours", (int)time.TotalHours]
        : text["Waited.NoWorkday"];

    /// <summary>The working days since something was sent; the day itself does not count.</summary>
    public static int WorkdaysSince(this WorkingCalendar calendar, DateTimeOffset sent, DateTimeOffset now) =>
        calendar.CountWorkdays(BeijingTime.Date(sent), BeijingTime.Date(now));
}
