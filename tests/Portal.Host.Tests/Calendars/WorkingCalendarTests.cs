using Portal.Shared.Calendars;

namespace Portal.Host.Tests.Calendars;

/// <summary>C-01…C-11: the days that are worked.</summary>
public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar National = new("national", CalendarNotice.National());

    [Theory]
    [InlineData("2026-02-10", 20, "2026-03-16")]
    [InlineData("2026-02-10", 7, "2026-02-26")]
    [InlineData("2026-02-13", 3, "2026-02-25")]
    [InlineData("2026-09-18", 7, "2026-09-29")]
    [InlineData("2026-09-18", 15, "2026-10-15")]
    [InlineData("2026-09-24", 20, "2026-10-29")]
    [InlineData("2026-04-29", 3, "2026-05-07")]
    [InlineData("2025-12-31", 3, "2026-01-06")]
    [InlineData("2025-09-26", 5, "2025-10-10")]
    [InlineData("2025-01-24", 1, "2025-01-26")]
    public void Working_days_after_a_start_end_where_the_notices_say(string start, int count, string due)
    {
        Assert.Equal(Day(due), National.AddWorkdays(Day(start), count));
        Assert.Equal(count, National.CountWorkdays(Day(start), Day(due)));
    }

    [Theory]
    [InlineData(2024, 251)]
    [InlineData(2025, 248)]
    [InlineData(2026, 248)]
    public void A_year_has_its_number_of_working_days(int year, int days) =>
        Assert.Equal(days, National.CountWorkdays(new DateOnly(year - 1, 12, 31), new DateOnly(year, 12, 31)));

    [Theory]
    [InlineData("2026-02-14", DayKind.MakeUpWorkday, "春节")]
    [InlineData("2026-02-16", DayKind.Holiday, "春节")]
    [InlineData("2026-02-28", DayKind.MakeUpWorkday, "春节")]
    [InlineData("2026-03-01", DayKind.Weekend, null)]
    [InlineData("2026-03-02", DayKind.Workday, null)]
    [InlineData("2018-12-29", DayKind.MakeUpWorkday, "元旦")]
    [InlineData("2022-12-31", DayKind.Holiday, "元旦")]
    public void A_day_says_why_it_is_worked_or_not(string day, DayKind kind, string? name) =>
        Assert.Equal(new CalendarDay(Day(day), kind, name), National.Describe(Day(day)));

    [Fact]
    public void A_change_in_the_middle_of_a_year_overrules_the_first_notice()
    {
        // 2020: the Spring Festival was prolonged to 2 February, a Sunday; 1 February had been a working Saturday.
        Assert.Equal(DayKind.Holiday, National.Describe(Day("2020-02-01")).Kind);
        var changed = new WorkingCalendar(
            "changed",
            [
                .. CalendarNotice.National(),
                new CalendarNotice(2026, [], [], [new CalendarRun("国庆节", Day("2026-10-05"), Day("2026-10-06"))]),
            ]);

        Assert.Equal(DayKind.Workday, changed.Describe(Day("2026-10-05")).Kind);
        Assert.Equal(National.AddWorkdays(Day("2026-09-18"), 13), changed.AddWorkdays(Day("2026-09-18"), 15));
    }

    [Theory]
    [InlineData(2025)]
    [InlineData(2026)]
    public void The_law_alone_never_calls_a_day_off_that_the_notice_has_worked(int year)
    {
        var law = new WorkingCalendar("law", []);
        var first = new DateOnly(year, 1, 1);
        var off = Enumerable.Range(0, 365).Select(first.AddDays).Where(day => law.Describe(day).Kind == DayKind.Holiday).ToList();

        // C-01, C-02: thirteen days, and each that falls on a weekend once more on a working day.
        Assert.Equal(13 + off.Count(day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday), off.Count);
        Assert.All(off, day => Assert.False(National.IsWorkday(day), $"{day:O} is worked."));
    }

    [Fact]
    public void A_year_without_a_notice_follows_the_law_and_is_provisional()
    {
        Assert.True(National.IsPublished(2026));
        Assert.False(National.IsPublished(2027));
        // 2027: the eve of the Spring Festival is 5 February, the Dragon Boat Festival 9 June, Mid-Autumn 15 September.
        foreach (var day in new[] { "2027-02-05", "2027-02-08", "2027-06-09", "2027-09-15", "2027-10-01", "2027-04-05" })
        {
            Assert.Equal(DayKind.Holiday, National.Describe(Day(day)).Kind);
        }

        // 6 and 7 February are a weekend: made up on the two working days after the festival.
        Assert.Equal(DayKind.Holiday, National.Describe(Day("2027-02-09")).Kind);
        Assert.Equal(DayKind.Holiday, National.Describe(Day("2027-02-10")).Kind);
        Assert.Equal(DayKind.Workday, National.Describe(Day("2027-02-11")).Kind);
    }

    [Fact]
    public void Two_look_ups_agree_with_counting_day_by_day()
    {
        var random = new Random(20261123);
        for (var i = 0; i < 2_000; i++)
        {
            var start = new DateOnly(2014, 1, 1).AddDays(random.Next(5_400));
            var count = random.Next(0, 40);
            var (day, counted) = (start, 0);
            while (counted < count)
            {
                day = day.AddDays(1);
                counted += National.IsWorkday(day) ? 1 : 0;
            }

            Assert.Equal(day, National.AddWorkdays(start, count));
            Assert.Equal(count, National.CountWorkdays(start, day));
        }
    }

    [Fact]
    public void A_period_in_calendar_days_ends_on_a_working_day()
    {
        Assert.Equal(Day("2026-10-08"), National.WorkdayFrom(Day("2026-10-01")));
        Assert.Equal(Day("2026-10-10"), National.WorkdayFrom(Day("2026-10-10")));
    }

    [Fact]
    public void Days_beyond_the_calendar_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => National.IsWorkday(Day("1999-12-31")));
        Assert.Throws<ArgumentOutOfRangeException>(() => National.AddWorkdays(Day("2099-12-30"), 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => National.AddWorkdays(Day("2026-01-01"), -1));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
