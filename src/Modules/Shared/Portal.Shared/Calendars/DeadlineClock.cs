using Portal.Shared.Ui;

namespace Portal.Shared.Calendars;

/// <summary>
/// Reads a clock: its due date is a function of its events and of a calendar, never a stored date to which something is
/// added. A pause therefore takes out exactly the days it lasted, whatever lies in it, and a changed calendar needs nothing
/// but another reading.
/// </summary>
public static class DeadlineClock
{
    /// <summary>Reads a clock.</summary>
    /// <param name="rule">How long it may take.</param>
    /// <param name="events">What happened, oldest first.</param>
    /// <param name="calendar">Which days are worked.</param>
    /// <exception cref="ArgumentException">The events are not the story of a clock; the message says which one is wrong.</exception>
    public static ClockReading Read(ClockRule rule, IReadOnlyList<ClockEvent> events, WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(calendar);
        var story = Story.Of(rule, events);
        return rule.Unit == ClockUnit.Hours ? ReadHours(story) : ReadDays(rule, story, calendar);
    }

    /// <summary>
    /// Every day from the first to the last one that has a part in the reading, with the reason why it counts or not: what
    /// a citizen who doubts a date is shown. Empty for hours.
    /// </summary>
    /// <param name="reading">A reading of a clock in days, made with the same calendar.</param>
    /// <param name="calendar">The calendar of the reading.</param>
    /// <param name="through">The last day to explain when there is no due date yet: the clock stands.</param>
    public static IReadOnlyList<ClockDay> Explain(ClockReading reading, WorkingCalendar calendar, DateOnly through)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(calendar);
        if (reading.DayZero is not { } zero)
        {
            return [];
        }

        List<ClockDay> days = [];
        var number = 0;
        for (var day = zero.AddDays(1); day <= (reading.DueOn ?? through); day = day.AddDays(1))
        {
            var isPaused = reading.Pauses.Any(pause => day > pause.After && (pause.Through is not { } last || day <= last));
            var described = calendar.Describe(day);
            var counts = !isPaused && number < reading.Budget
                && (reading.Unit == ClockUnit.Days || described.Kind is DayKind.Workday or DayKind.MakeUpWorkday);
            days.Add(new ClockDay(described, isPaused, counts ? ++number : null));
        }

        return days;
    }

    private static ClockReading ReadHours(Story story)
    {
        var left = TimeSpan.FromHours(story.Budget);
        var from = story.Start;
        foreach (var pause in story.Pauses)
        {
            if (pause.From - from >= left)
            {
                break;
            }

            left -= pause.From - from;
            if (pause.To is not { } to)
            {
                return new ClockReading(ClockUnit.Hours, story.Budget) { DoneAt = story.Stop, IsPaused = true };
            }

            from = to;
        }

        var due = from + left;
        return new ClockReading(ClockUnit.Hours, story.Budget)
        {
            DueAt = due,
            DueOn = BeijingTime.Date(due),
            DoneAt = story.Stop,
            IsPaused = story.IsPaused,
        };
    }

    private static ClockReading ReadDays(ClockRule rule, Story story, WorkingCalendar calendar)
    {
        var zero = DayZero(rule, story.Start);
        // The day of a pause still counts, as the first day of a period never does (民法典 art. 201); the day on which the
        // time runs again does not.
        DayPause[] pauses =
        [
            .. story.Pauses.Select(pause => new DayPause(Max(zero, BeijingTime.Date(pause.From)), pause.To is { } to ? Max(zero, BeijingTime.Date(to)) : null)),
        ];
        var reading = new ClockReading(rule.Unit, story.Budget)
        {
            DayZero = zero,
            Pauses = pauses,
            DoneAt = story.Stop,
            IsPaused = story.IsPaused,
        };
        var left = story.Budget;
        var from = zero;
        foreach (var pause in pauses)
        {
            var run = Count(rule.Unit, calendar, from, pause.After);
            if (run >= left)
            {
                break;
            }

            left -= run;
            if (pause.Through is not { } through)
            {
                return reading;
            }

            from = Max(from, through);
        }

        var due = rule.Unit == ClockUnit.Workdays
            ? calendar.AddWorkdays(from, left)
            : calendar.WorkdayFrom(from.AddDays(left));
        return reading with
        {
            DueOn = due,
            DueAt = BeijingTime.StartOf(due.AddDays(1)),
            IsProvisional = Enumerable.Range(zero.Year, due.Year - zero.Year + 1).Any(year => !calendar.IsPublished(year)),
        };
    }

    private static DateOnly DayZero(ClockRule rule, DateTimeOffset start)
    {
        var local = BeijingTime.In(start);
        var day = DateOnly.FromDateTime(local.DateTime);
        if (rule.CutOff is { } cutOff && TimeOnly.FromDateTime(local.DateTime) >= cutOff)
        {
            day = day.AddDays(1);
        }

        return rule.CountsFirstDay ? day.AddDays(-1) : day;
    }

    private static int Count(ClockUnit unit, WorkingCalendar calendar, DateOnly after, DateOnly through) =>
        unit == ClockUnit.Workdays
            ? calendar.CountWorkdays(after, through)
            : Math.Max(0, through.DayNumber - after.DayNumber);

    private static DateOnly Max(DateOnly left, DateOnly right) => left > right ? left : right;

    /// <summary>The events since the last (re)start, checked and put in order.</summary>
    private sealed record Story(
        DateTimeOffset Start, int Budget, IReadOnlyList<Pause> Pauses, DateTimeOffset? Stop, bool IsPaused)
    {
        public static Story Of(ClockRule rule, IReadOnlyList<ClockEvent> events)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rule.Amount);
            DateTimeOffset? start = null, paused = null, stop = null;
            List<Pause> pauses = [];
            var budget = rule.Amount;
            var before = DateTimeOffset.MinValue;
            for (var i = 0; i < events.Count; i++)
            {
                var happened = events[i];
                Require(happened.At >= before, "happened before the one in front of it");
                Require(start is null == happened is ClockStarted, "must be the start, and nothing else may be");
                Require(stop is null, "comes after the end");
                before = happened.At;
                switch (happened)
                {
                    case ClockStarted:
                        start = happened.At;
                        break;
                    case ClockPaused:
                        Require(paused is null, "pauses a clock that stands");
                        paused = happened.At;
                        break;
                    case ClockResumed:
                        Require(paused is not null, "resumes a clock that runs");
                        pauses.Add(new Pause(paused!.Value, happened.At));
                        paused = null;
                        break;
                    case ClockRestarted:
                        (start, paused, budget) = (happened.At, null, rule.Amount);
                        pauses.Clear();
                        break;
                    case ClockExtended extended:
                        Require(extended.Amount > 0, "grants no time");
                        budget += extended.Amount;
                        break;
                    case ClockStopped:
                        stop = happened.At;
                        break;
                }

                void Require(bool condition, string what)
                {
                    if (!condition)
                    {
                        throw new ArgumentException($"Event {i + 1} ({happened.GetType().Name}) {what}.", nameof(events));
                    }
                }
            }

            if (paused is { } since)
            {
                pauses.Add(new Pause(since, null));
            }

            return start is { } at
                ? new Story(at, budget, pauses, stop, paused is not null && stop is null)
                : throw new ArgumentException("A clock begins with its start.", nameof(events));
        }
    }

    private sealed record Pause(DateTimeOffset From, DateTimeOffset? To);
}

/// <summary>What a clock says.</summary>
/// <param name="Unit">What is counted.</param>
/// <param name="Budget">How many of them there are, extensions included.</param>
public sealed record ClockReading(ClockUnit Unit, int Budget)
{
    /// <summary>The day before the first that may count, in Asia/Shanghai; null for hours.</summary>
    public DateOnly? DayZero { get; init; }

    /// <summary>Days that are taken out; empty for hours.</summary>
    public IReadOnlyList<DayPause> Pauses { get; init; } = [];

    /// <summary>The last day, in Asia/Shanghai; null while the clock stands and time is left.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>
    /// The instant from which it is late: midnight after the last day, or the hour itself; null while the clock stands and
    /// time is left.
    /// </summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was done.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>Does the clock stand?</summary>
    public bool IsPaused { get; init; }

    /// <summary>Does the due date lie beyond what notices say, so that it may still move (日历未公布)?</summary>
    public bool IsProvisional { get; init; }

    /// <summary>Is or was it late at <paramref name="now"/>? Worked out, never stored.</summary>
    public bool IsLate(DateTimeOffset now) => DueAt is { } due && (DoneAt ?? now) >= due;
}

/// <summary>Days that a pause takes out: those after its first, through the one on which the time runs again.</summary>
/// <param name="After">The day of the pause; it still counts.</param>
/// <param name="Through">The last day taken out; null: the clock stands.</param>
public sealed record DayPause(DateOnly After, DateOnly? Through);

/// <summary>A day of an explanation.</summary>
/// <param name="Day">The day and what kind it is.</param>
/// <param name="IsPaused">Was it taken out by a pause?</param>
/// <param name="Number">Which of the counted days it is; null: it does not count.</param>
public sealed record ClockDay(CalendarDay Day, bool IsPaused, int? Number);
