using System.Globalization;
using Ical.Net.CalendarComponents;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;
using Calendar = Ical.Net.Calendar;

namespace Portal.Host.Calendars.ImportNotice;

/// <summary>
/// Reads a calendar file of whole-day events. A day is worked when its title says so (班), such as 国庆节（班）; marks in
/// brackets are no part of the name.
/// </summary>
internal static class NoticeIcs
{
    private const int MostDaysOfEvent = 31;
    private static readonly char[] Brackets = ['（', '(', '【', '['];
    private static readonly string[] Suffixes = ["调休上班", "补班", "上班", "假期", "放假", "休假"];

    public static Outcome<NoticeFile> Read(string content, IStringLocalizer<CalendarText> text)
    {
        Calendar? calendar;
        try
        {
            calendar = Calendar.Load(content);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The reader tells of faults by whatever exception they lead it to.
            return NoticeFile.Fault(text["Ics.Broken"]);
        }

        if (calendar is null || calendar.Events.Count == 0)
        {
            return NoticeFile.Fault(text["Ics.Empty"]);
        }

        List<ProposedDay> days = [];
        foreach (var happening in calendar.Events)
        {
            if (Read(happening, days) is { } fault)
            {
                return NoticeFile.Fault(text[fault, happening.Summary ?? ""]);
            }
        }

        return new NoticeFile(null, [], days);
    }

    private static string? Read(CalendarEvent happening, List<ProposedDay> days)
    {
        if (happening.Start is not { HasTime: false } start)
        {
            return "Ics.Time";
        }

        if (happening.RecurrenceRule is not null)
        {
            return "Ics.Repeats";
        }

        var first = new DateOnly(start.Year, start.Month, start.Day);
        // The end is the first day after.
        var count = happening.End is { } end ? new DateOnly(end.Year, end.Month, end.Day).DayNumber - first.DayNumber : 1;
        if (count is < 1 or > MostDaysOfEvent || days.Count + count > ProposalRules.MostDays)
        {
            return "Ics.Long";
        }

        var title = happening.Summary?.Trim() ?? "";
        var kind = title.Contains('班', StringComparison.Ordinal) ? ProposedDay.Work : ProposedDay.Off;
        for (var i = 0; i < count; i++)
        {
            days.Add(new ProposedDay(
                first.AddDays(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), kind, NameOf(title)));
        }

        return null;
    }

    private static string NameOf(string title)
    {
        var bracket = title.IndexOfAny(Brackets);
        var name = bracket > 0 ? title[..bracket].TrimEnd() : title;
        var suffix = Array.Find(Suffixes, end => name.Length > end.Length && name.EndsWith(end, StringComparison.Ordinal));
        return suffix is null ? name : name[..^suffix.Length].TrimEnd();
    }
}
