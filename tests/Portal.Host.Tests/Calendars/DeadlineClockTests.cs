using Portal.Shared.Calendars;

namespace Portal.Host.Tests.Calendars;

/// <summary>Clocks are read from what happened, never by adding to a date (requirements §8, R-11, S-01, S-07).</summary>
public sealed class DeadlineClockTests
{
    private static readonly WorkingCalendar National = new("national", CalendarNotice.National());

    private static readonly ClockRule TwentyDays = new(ClockUnit.Workdays, 20);

    [Fact]
    public void A_request_is_due_after_twenty_working_days_at_midnight_in_Shanghai()
    {
        var reading = Read(TwentyDays, new ClockStarted(At("2026-02-10 09:00")));

        Assert.Equal(Day("2026-03-16"), reading.DueOn);
        Assert.Equal(At("2026-03-17 00:00"), reading.DueAt);
        Assert.False(reading.IsLate(At("2026-03-16 23:59")));
        Assert.True(reading.IsLate(At("2026-03-17 00:00")));
        Assert.False(reading.IsProvisional);
    }

    [Fact]
    public void A_start_late_in_the_evening_of_another_zone_counts_on_the_day_it_is_in_Shanghai()
    {
        var evening = new DateTimeOffset(2026, 3, 2, 17, 30, 0, TimeSpan.Zero);

        Assert.Equal(Day("2026-03-03"), Read(new(ClockUnit.Workdays, 1), new ClockStarted(evening)).DayZero);
    }

    [Fact]
    public void What_comes_after_the_cut_off_counts_as_of_the_next_day()
    {
        var rule = new ClockRule(ClockUnit.Workdays, 3) { CutOff = new TimeOnly(17, 0) };

        Assert.Equal(Day("2026-03-05"), Read(rule, new ClockStarted(At("2026-03-02 16:59"))).DueOn);
        Assert.Equal(Day("2026-03-06"), Read(rule, new ClockStarted(At("2026-03-02 17:00"))).DueOn);
    }

    [Fact]
    public void A_rule_may_count_the_first_day() =>
        Assert.Equal(
            Day("2026-03-04"),
            Read(new(ClockUnit.Workdays, 3) { CountsFirstDay = true }, new ClockStarted(At("2026-03-02 09:00"))).DueOn);

    [Fact]
    public void A_pause_over_a_holiday_takes_out_working_days_alone()
    {
        // Paused on Friday, resumed on the last day of the festival: no working day lies in between but 14 February.
        var reading = Read(
            new(ClockUnit.Workdays, 7),
            new ClockStarted(At("2026-02-10 09:00")),
            new ClockPaused(At("2026-02-13 15:00")),
            new ClockResumed(At("2026-02-23 10:00")));

        Assert.Equal(National.AddWorkdays(Day("2026-02-26"), 1), reading.DueOn);
    }

    [Fact]
    public void A_pause_within_one_day_takes_nothing_out()
    {
        var reading = Read(
            TwentyDays,
            new ClockStarted(At("2026-02-10 09:00")),
            new ClockPaused(At("2026-02-12 09:00")),
            new ClockResumed(At("2026-02-12 17:00")));

        Assert.Equal(Day("2026-03-16"), reading.DueOn);
    }

    [Fact]
    public void While_the_clock_stands_there_is_no_due_date_and_nothing_is_late()
    {
        var reading = Read(TwentyDays, new ClockStarted(At("2026-02-10 09:00")), new ClockPaused(At("2026-02-12 09:00")));

        Assert.True(reading.IsPaused);
        Assert.Null(reading.DueOn);
        Assert.False(reading.IsLate(At("2030-01-01 00:00")));
    }

    [Fact]
    public void A_pause_after_the_time_had_run_out_changes_nothing()
    {
        var reading = Read(
            new(ClockUnit.Workdays, 3),
            new ClockStarted(At("2026-03-02 09:00")),
            new ClockPaused(At("2026-03-10 09:00")));

        Assert.Equal(Day("2026-03-05"), reading.DueOn);
        Assert.True(reading.IsLate(At("2026-03-06 00:00")));
    }

    [Fact]
    public void A_restart_gives_the_whole_time_anew_and_takes_extensions_back()
    {
        var reading = Read(
            new(ClockUnit.Workdays, 7),
            new ClockStarted(At("2026-03-02 09:00")),
            new ClockExtended(At("2026-03-04 09:00"), 8),
            new ClockRestarted(At("2026-03-09 09:00")));

        Assert.Equal(7, reading.Budget);
        Assert.Equal(Day("2026-03-18"), reading.DueOn);
    }

    [Fact]
    public void An_extension_adds_working_days()
    {
        var reading = Read(
            new(ClockUnit.Workdays, 7), new ClockStarted(At("2026-09-18 09:00")), new ClockExtended(At("2026-09-28 09:00"), 8));

        Assert.Equal(Day("2026-10-15"), reading.DueOn);
    }

    [Fact]
    public void Hours_run_through_nights_and_holidays_and_stop_in_a_pause()
    {
        var rule = new ClockRule(ClockUnit.Hours, 24);

        Assert.Equal(At("2026-10-02 20:30"), Read(rule, new ClockStarted(At("2026-10-01 20:30"))).DueAt);
        Assert.Equal(
            At("2026-10-03 02:30"),
            Read(
                rule,
                new ClockStarted(At("2026-10-01 20:30")),
                new ClockPaused(At("2026-10-02 08:00")),
                new ClockResumed(At("2026-10-02 14:00"))).DueAt);
    }

    [Fact]
    public void Calendar_days_end_on_a_working_day()
    {
        var reading = Read(new(ClockUnit.Days, 5), new ClockStarted(At("2026-09-28 09:00")));

        Assert.Equal(Day("2026-10-08"), reading.DueOn);
    }

    [Fact]
    public void What_is_done_in_time_stays_in_time()
    {
        var reading = Read(
            new(ClockUnit.Workdays, 3), new ClockStarted(At("2026-03-02 09:00")), new ClockStopped(At("2026-03-05 23:00")));

        Assert.False(reading.IsLate(At("2027-01-01 00:00")));
    }

    [Fact]
    public void A_date_in_a_year_without_a_notice_is_provisional_until_the_notice_is_out()
    {
        ClockStarted started = new(At("2026-12-28 09:00"));
        Assert.True(Read(TwentyDays, started).IsProvisional);

        var next = new WorkingCalendar(
            "next",
            [.. CalendarNotice.National(), new CalendarNotice(2027, [], [new CalendarRun("元旦", Day("2027-01-01"), Day("2027-01-03"))], [])]);

        Assert.False(DeadlineClock.Read(TwentyDays, [started], next).IsProvisional);
    }

    [Fact]
    public void Every_day_of_an_explanation_says_why_it_counts_or_not()
    {
        var reading = Read(
            new(ClockUnit.Workdays, 3),
            new ClockStarted(At("2026-02-12 09:00")),
            new ClockPaused(At("2026-02-13 09:00")),
            new ClockResumed(At("2026-02-24 09:00")));

        var days = DeadlineClock.Explain(reading, National, Day("2026-12-31"));

        Assert.Equal(reading.DueOn, days[^1].Day.Date);
        Assert.Equal([1, 2, 3], days.Where(day => day.Number is not null).Select(day => day.Number!.Value));
        Assert.Equal(1, days.Single(day => day.Day.Date == Day("2026-02-13")).Number);
        Assert.All(
            days.Where(day => day.Day.Date > Day("2026-02-13") && day.Day.Date <= Day("2026-02-24")),
            day => Assert.True(day.IsPaused && day.Number is null));
        Assert.Equal(2, days.Single(day => day.Day.Date == Day("2026-02-25")).Number);
    }

    [Fact]
    public void A_reading_agrees_with_a_walk_from_day_to_day()
    {
        var random = new Random(20261123);
        for (var i = 0; i < 1_000; i++)
        {
            var rule = new ClockRule(random.Next(2) == 0 ? ClockUnit.Workdays : ClockUnit.Days, random.Next(1, 25));
            List<ClockEvent> events = [new ClockStarted(At("2024-01-02 09:00").AddHours(random.Next(20_000)))];
            for (var pauses = random.Next(4); pauses > 0; pauses--)
            {
                events.Add(new ClockPaused(events[^1].At.AddHours(random.Next(150))));
                events.Add(new ClockResumed(events[^1].At.AddHours(random.Next(300))));
            }

            var reading = DeadlineClock.Read(rule, events, National);

            Assert.Equal(Walk(rule, events), reading.DueOn);
            var explained = DeadlineClock.Explain(reading, National, DateOnly.MaxValue);
            Assert.Equal(rule.Amount, explained.Count(day => day.Number is not null));
            Assert.Equal(reading.DueOn, explained[^1].Day.Date);
        }
    }

    [Fact]
    public void Events_that_are_no_story_are_refused()
    {
        var start = new ClockStarted(At("2026-03-02 09:00"));
        ClockEvent[][] wrong =
        [
            [],
            [new ClockPaused(At("2026-03-02 09:00"))],
            [start, start],
            [start, new ClockResumed(At("2026-03-03 09:00"))],
            [start, new ClockPaused(At("2026-03-03 09:00")), new ClockPaused(At("2026-03-04 09:00"))],
            [start, new ClockPaused(At("2026-03-01 09:00"))],
            [start, new ClockStopped(At("2026-03-03 09:00")), new ClockExtended(At("2026-03-04 09:00"), 1)],
            [start, new ClockExtended(At("2026-03-04 09:00"), 0)],
        ];

        Assert.All(wrong, events => Assert.Throws<ArgumentException>(() => DeadlineClock.Read(TwentyDays, events, National)));
    }

    // The oracle: one day after the other, asking of each whether the clock ran on it.
    private static DateOnly Walk(ClockRule rule, List<ClockEvent> events)
    {
        var dates = events.Select(happened => Date(happened.At)).ToList();
        var (day, counted) = (dates[0], 0);
        while (counted < rule.Amount)
        {
            day = day.AddDays(1);
            var isPaused = false;
            for (var i = 1; i + 1 < dates.Count; i += 2)
            {
                isPaused |= day > dates[i] && day <= dates[i + 1];
            }

            counted += !isPaused && (rule.Unit == ClockUnit.Days || National.IsWorkday(day)) ? 1 : 0;
        }

        while (rule.Unit == ClockUnit.Days && !National.IsWorkday(day))
        {
            day = day.AddDays(1);
        }

        return day;
    }

    private static ClockReading Read(ClockRule rule, params ClockEvent[] events) => DeadlineClock.Read(rule, events, National);

    private static DateOnly Date(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(TimeSpan.FromHours(8)).DateTime);

    private static DateTimeOffset At(string text) =>
        new(DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", null), TimeSpan.FromHours(8));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
