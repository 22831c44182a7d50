using System.Collections.Frozen;

namespace Portal.Shared.Calendars;

/// <summary>
/// Which days are worked: Monday to Friday, with the overrides of the yearly notices in both directions. One version of
/// one region's calendar; it never changes. All days are days in Asia/Shanghai. Working days are counted by two look-ups,
/// so that a due date is worked out anew wherever it is needed.
/// </summary>
public sealed class WorkingCalendar
{
    /// <summary>The first day a calendar knows.</summary>
    public static readonly DateOnly First = new(2000, 1, 1);

    /// <summary>The last day a calendar knows: the solar terms of later years need another formula.</summary>
    public static readonly DateOnly Last = new(2099, 12, 31);

    private readonly FrozenDictionary<DateOnly, Override> _overrides;
    private readonly FrozenSet<int> _published;

    // Working days from the first day up to and including this one; and the days themselves.
    private readonly int[] _ordinals;
    private readonly DateOnly[] _workdays;

    /// <summary>Puts a calendar together; a later notice overrules an earlier one day by day.</summary>
    /// <param name="version">Names this version in explanations and beside stored due dates.</param>
    /// <param name="notices">The notices in the order in which they were made.</param>
    public WorkingCalendar(string version, IEnumerable<CalendarNotice> notices)
    {
        ArgumentNullException.ThrowIfNull(notices);
        Version = version;
        var overrides = new Dictionary<DateOnly, Override>();
        var published = new HashSet<int>();
        foreach (var notice in notices)
        {
            if (notice.IsWhole)
            {
                published.Add(notice.Year);
            }

            Add(overrides, notice.Off, isWorkday: false);
            Add(overrides, notice.Work, isWorkday: true);
        }

        for (var year = First.Year; year <= Last.Year; year++)
        {
            if (!published.Contains(year))
            {
                foreach (var (day, name) in StatutoryHolidays.Of(year))
                {
                    overrides.TryAdd(day, new Override(name, IsWorkday: false));
                }
            }
        }

        _overrides = overrides.ToFrozenDictionary();
        _published = published.ToFrozenSet();
        (_ordinals, _workdays) = Count();
    }

    /// <summary>Names this version.</summary>
    public string Version { get; }

    /// <summary>
    /// Is the notice for the year out? If not, its holidays are those of the law alone, and a date that depends on them is
    /// provisional (日历未公布).
    /// </summary>
    public bool IsPublished(int year) => _published.Contains(year);

    /// <summary>Is the day worked?</summary>
    /// <exception cref="ArgumentOutOfRangeException">The calendar does not know the day.</exception>
    public bool IsWorkday(DateOnly day) =>
        _overrides.TryGetValue(Known(day), out var set)
            ? set.IsWorkday
            : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>Why the day is worked or not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The calendar does not know the day.</exception>
    public CalendarDay Describe(DateOnly day)
    {
        var isWeekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        return _overrides.TryGetValue(Known(day), out var set)
            ? new CalendarDay(
                day,
                (set.IsWorkday, isWeekend) switch
                {
                    (true, true) => DayKind.MakeUpWorkday,
                    (true, false) => DayKind.Workday,
                    _ => DayKind.Holiday,
                },
                set.Name)
            : new CalendarDay(day, isWeekend ? DayKind.Weekend : DayKind.Workday, null);
    }

    /// <summary>
    /// The day on which <paramref name="count"/> working days after <paramref name="start"/> are over. The start itself is
    /// not counted (民法典 art. 201); zero gives the start.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative, or the day lies beyond the calendar.</exception>
    public DateOnly AddWorkdays(DateOnly start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var ordinal = _ordinals[IndexOf(start)] + count;
        return count == 0 ? start
            : ordinal <= _workdays.Length ? _workdays[ordinal - 1]
            : throw new ArgumentOutOfRangeException(nameof(count), count, "The calendar does not reach so far.");
    }

    /// <summary>The working days after <paramref name="after"/> up to and including <paramref name="through"/>; never negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The calendar does not know one of the days.</exception>
    public int CountWorkdays(DateOnly after, DateOnly through) =>
        Math.Max(0, _ordinals[IndexOf(through)] - _ordinals[IndexOf(after)]);

    /// <summary>
    /// The day itself when it is worked, else the next working day: where a period counted in calendar days ends (民法典
    /// art. 203).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The calendar does not know the day.</exception>
    public DateOnly WorkdayFrom(DateOnly day) => IsWorkday(day) ? day : AddWorkdays(day, 1);

    private static void Add(
        Dictionary<DateOnly, Override> overrides, IReadOnlyList<CalendarRun> runs, bool isWorkday)
    {
        foreach (var run in runs)
        {
            for (var day = run.From; day <= run.To; day = day.AddDays(1))
            {
                overrides[day] = new Override(run.Name, isWorkday);
            }
        }
    }

    private (int[] Ordinals, DateOnly[] Workdays) Count()
    {
        var ordinals = new int[Last.DayNumber - First.DayNumber + 1];
        var workdays = new List<DateOnly>(ordinals.Length);
        for (var i = 0; i < ordinals.Length; i++)
        {
            var day = First.AddDays(i);
            if (IsWorkday(day))
            {
                workdays.Add(day);
            }

            ordinals[i] = workdays.Count;
        }

        return (ordinals, [.. workdays]);
    }

    private static DateOnly Known(DateOnly day) =>
        day >= First && day <= Last
            ? day
            : throw new ArgumentOutOfRangeException(nameof(day), day, $"The calendar knows {First:O} to {Last:O}.");

    private static int IndexOf(DateOnly day) => Known(day).DayNumber - First.DayNumber;

    private readonly record struct Override(string Name, bool IsWorkday);
}

/// <summary>A day and why it is worked or not.</summary>
/// <param name="Date">The day.</param>
/// <param name="Kind">What kind of day it is.</param>
/// <param name="Name">The holiday that it belongs to, also for a day worked in exchange.</param>
public sealed record CalendarDay(DateOnly Date, DayKind Kind, string? Name);

/// <summary>What kind of day a day is.</summary>
public enum DayKind
{
    /// <summary>Worked, as the week says.</summary>
    Workday,

    /// <summary>A Saturday or Sunday that is worked in exchange for a holiday (调休).</summary>
    MakeUpWorkday,

    /// <summary>A Saturday or Sunday.</summary>
    Weekend,

    /// <summary>Off by the law or by a notice.</summary>
    Holiday,
}
