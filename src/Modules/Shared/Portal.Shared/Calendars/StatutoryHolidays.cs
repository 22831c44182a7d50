using System.Globalization;

namespace Portal.Shared.Calendars;

/// <summary>
/// The holidays of all citizens that hold before a year's notice is out: thirteen days (全国年节及纪念日放假办法 art. 2, as
/// of 2025). A day on a weekend is made up on the next working day (art. 6).
/// </summary>
internal static class StatutoryHolidays
{
    private const int SpringFestivalDays = 4;

    private static readonly ChineseLunisolarCalendar Lunar = new();

    /// <summary>The days off of a year by date, with their names.</summary>
    public static SortedDictionary<DateOnly, string> Of(int year)
    {
        var eve = LunarDay(year, 1, 1).AddDays(-1);
        List<(DateOnly Day, string Name)> days =
        [
            (new DateOnly(year, 1, 1), "元旦"),
            .. Enumerable.Range(0, SpringFestivalDays).Select(day => (eve.AddDays(day), "春节")),
            (new DateOnly(year, 4, ClearAndBright(year)), "清明节"),
            (new DateOnly(year, 5, 1), "劳动节"),
            (new DateOnly(year, 5, 2), "劳动节"),
            (LunarDay(year, 5, 5), "端午节"),
            (LunarDay(year, 8, 15), "中秋节"),
            .. Enumerable.Range(1, 3).Select(day => (new DateOnly(year, 10, day), "国庆节")),
        ];
        var off = new SortedDictionary<DateOnly, string>();
        foreach (var (day, name) in days)
        {
            off.TryAdd(day, name);
        }

        foreach (var (day, name) in days.Where(entry => IsWeekend(entry.Day)))
        {
            var instead = day;
            while (IsWeekend(instead) || off.ContainsKey(instead))
            {
                instead = instead.AddDays(1);
            }

            off[instead] = name;
        }

        return off;
    }

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static DateOnly LunarDay(int year, int month, int day)
    {
        // Months are numbered through: a leap month pushes those after it on by one.
        var leap = Lunar.GetLeapMonth(year);
        var number = leap > 0 && leap <= month ? month + 1 : month;
        return DateOnly.FromDateTime(Lunar.ToDateTime(year, number, day, 0, 0, 0, 0));
    }

    // The solar term falls on 4 to 6 April; the formula holds from 2000 to 2099.
    private static int ClearAndBright(int year) => (int)((year % 100 * 0.2422) + 4.81) - (year % 100 / 4);
}
