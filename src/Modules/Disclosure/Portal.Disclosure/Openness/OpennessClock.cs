using Portal.Disclosure.Deadlines;
using Portal.Shared.Calendars;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Openness;

/// <summary>How long a kind of item may take on a site.</summary>
/// <param name="Unit">What is counted.</param>
/// <param name="Amount">How many of them; 0: until the end of the first day.</param>
internal readonly record struct OpennessLimit(ClockUnit Unit, int Amount);

/// <summary>Reads the clocks of openness: legal limits from the rules, others from the settings, days from the site's calendar.</summary>
internal sealed class OpennessClock(ICalendars calendars, ISites sites, ISettings settings)
{
    /// <summary>No calendar is kept before: what began earlier is not timed.</summary>
    public static readonly DateTimeOffset Earliest = BeijingTime.StartOf(new DateOnly(2015, 1, 1));

    private static readonly DateTimeOffset Latest = BeijingTime.StartOf(new DateOnly(2090, 1, 1));

    /// <summary>Can a time that begins then be counted?</summary>
    public static bool Reaches(DateTimeOffset start) => start >= Earliest && start < Latest;

    /// <summary>The named rule of the law that held on a day, where the limit is one.</summary>
    public static DeadlineRule? RuleOf(OpennessKind kind, DateTimeOffset startedAt) => kind switch
    {
        OpennessKind.Livelihood => DeadlineRules.Find("livelihood", BeijingTime.Date(startedAt)),
        OpennessKind.Normative => DeadlineRules.Find("normative", BeijingTime.Date(startedAt)),
        OpennessKind.Disclosure or OpennessKind.Changed => DeadlineRules.Find("disclosure", BeijingTime.Date(startedAt)),
        _ => null,
    };

    /// <summary>How long it may take. A channel's own cycle holds where it is shorter than what the site allows (S-03).</summary>
    public OpennessLimit LimitOf(OpennessKind kind, Guid siteId, DateTimeOffset startedAt, int? cycleDays) => kind switch
    {
        OpennessKind.Interpretation => new(ClockUnit.Workdays, settings.For<OpennessSettings>(siteId).InterpretationDays),
        OpennessKind.Basic => new(
            ClockUnit.Days, Math.Min(cycleDays ?? int.MaxValue, settings.For<OpennessSettings>(siteId).BasicDays)),
        _ when RuleOf(kind, startedAt) is { } rule => new(rule.Unit, rule.Amount),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public WorkingCalendar CalendarOf(Guid siteId) => calendars.For(sites.ById(siteId)?.RegionCode ?? "");

    /// <summary>When it is due.</summary>
    public ClockReading Read(OpennessKind kind, Guid siteId, DateTimeOffset startedAt, int? cycleDays)
    {
        var limit = LimitOf(kind, siteId, startedAt, cycleDays);
        if (limit.Amount > 0)
        {
            return DeadlineClock.Read(
                new ClockRule(limit.Unit, limit.Amount), [new ClockStarted(startedAt)], CalendarOf(siteId));
        }

        var day = BeijingTime.Date(startedAt);
        return new ClockReading(limit.Unit, 0) { DayZero = day, DueOn = day, DueAt = BeijingTime.StartOf(day.AddDays(1)) };
    }

    /// <summary>Each day and why it counts; empty for hours.</summary>
    public IReadOnlyList<ClockDay> Explain(ClockReading reading, Guid siteId) =>
        DeadlineClock.Explain(reading, CalendarOf(siteId), reading.DueOn!.Value);

    /// <summary>The instant through which a due date is near for <paramref name="owners"/>: the widest setting of them.</summary>
    public DateTimeOffset NearUntil(IReadOnlyCollection<Guid> owners, DateTimeOffset now)
    {
        var today = BeijingTime.Date(now);
        var until = now.AddDays(1);
        foreach (var owner in owners)
        {
            var end = BeijingTime.StartOf(
                CalendarOf(owner).AddWorkdays(today, settings.For<OpennessSettings>(owner).WarnDays).AddDays(1));
            until = end > until ? end : until;
        }

        return until.ToUniversalTime();
    }
}
