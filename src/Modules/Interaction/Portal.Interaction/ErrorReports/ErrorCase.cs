using Portal.Shared.Calendars;
using Portal.Shared.Ui;

namespace Portal.Interaction.ErrorReports;

/// <summary>A report with its steps: everything that follows from them.</summary>
internal sealed class ErrorCase(ErrorReport report, IReadOnlyList<ErrorReportEvent> events, WorkingCalendar calendar)
{
    public ErrorReport Report => report;

    public IReadOnlyList<ErrorReportEvent> Events => events;

    public WorkingCalendar Calendar => calendar;

    /// <summary>What held when the report came holds for it to its end.</summary>
    public ErrorReportLimit Limit => ErrorReportLimits.Of(BeijingTime.Date(report.SubmittedAt));

    /// <summary>The clock of the answer.</summary>
    public ClockReading Reply => DeadlineClock.Read(
        new ClockRule(ClockUnit.Workdays, Limit.Answer),
        report.AnsweredOn is { } day
            ? [new ClockStarted(Began), new ClockStopped(BeijingTime.StartOf(day))]
            : [new ClockStarted(Began)],
        calendar);

    /// <summary>The last day to give it to who is responsible.</summary>
    public DateOnly ForwardDueOn =>
        DeadlineClock.Read(new ClockRule(ClockUnit.Workdays, Limit.Forward), [new ClockStarted(Began)], calendar).DueOn!.Value;

    public bool Has(ErrorTrigger trigger) => events.Any(row => row.Trigger == trigger);

    private DateTimeOffset Began => BeijingTime.StartOf(BeijingTime.Date(report.SubmittedAt));
}
