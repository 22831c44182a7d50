using System.Globalization;
using Portal.Disclosure.Deadlines;
using Portal.Shared.Calendars;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Requests;

/// <summary>A request with its steps: everything that follows from them.</summary>
internal sealed class RequestCase(InformationRequest request, IReadOnlyList<RequestEvent> events, WorkingCalendar calendar)
{
    /// <summary>R-17: 20 working days, and 20 more.</summary>
    public static readonly ClockRule ReplyRule = RuleOf("reply");
    public const int Extension = 20;

    /// <summary>R-14: the only notice goes out within 7 working days.</summary>
    public static readonly int CorrectionNoticeDays = RuleOf("correction").Amount;

    /// <summary>R-16: 15 working days for the third party.</summary>
    public static readonly ClockRule ConsultationRule = RuleOf("third-party");

    /// <summary>FEE109: 30 days from the day after the notice.</summary>
    public static readonly ClockRule FeeRule = new(ClockUnit.Days, 30);

    public InformationRequest Request => request;

    public IReadOnlyList<RequestEvent> Events => events;

    public WorkingCalendar Calendar => calendar;

    public RequestEvent? Last(RequestTrigger trigger) => events.LastOrDefault(row => row.Trigger == trigger);

    /// <summary>收到之日; null before it is confirmed.</summary>
    public DateOnly? ReceivedOn => events.FirstOrDefault(StartsClock)?.Day;

    /// <summary>The reply's clock; null before it starts.</summary>
    public ClockReading? Reply => ClockEvents() is { Count: > 0 } clock ? DeadlineClock.Read(ReplyRule, clock, calendar) : null;

    /// <summary>The last day for a correction that was asked for and has not come.</summary>
    public DateOnly? CorrectionDue => request.State == RequestState.Correcting && Last(RequestTrigger.AskCorrection) is { } asked
        ? Sub(new ClockRule(ClockUnit.Workdays, int.Parse(asked.Facts["days"], CultureInfo.InvariantCulture)), asked.Day)
        : null;

    /// <summary>The last day for the opinion of somebody who is being heard.</summary>
    public DateOnly? ConsultationDue => request.State == RequestState.Consulting && Last(RequestTrigger.Consult) is { } asked
        ? Sub(ConsultationRule, asked.Day)
        : null;

    /// <summary>The last day to pay.</summary>
    public DateOnly? FeeDue => request.State == RequestState.AwaitingFee && Last(RequestTrigger.GrantFee) is { } asked
        ? Sub(FeeRule, asked.Day)
        : null;

    /// <summary>An extension that waits for the head.</summary>
    public RequestEvent? PendingExtension => Pending(RequestTrigger.AskExtension, RequestTrigger.GrantExtension, RequestTrigger.RefuseExtension);

    /// <summary>A fee that waits for the head.</summary>
    public RequestEvent? PendingFee => Pending(RequestTrigger.ProposeFee, RequestTrigger.GrantFee, RequestTrigger.RefuseFee);

    /// <summary>Everybody who wrote in the answer that is up for approval.</summary>
    public IReadOnlySet<Guid> Drafters => events
        .Where(row => row.Trigger is RequestTrigger.Draft or RequestTrigger.SubmitAnswer && row.ActorId is not null)
        .Select(row => row.ActorId!.Value).ToHashSet();

    /// <summary>The steps as events of the clock. A step counts from its day, whenever it was entered.</summary>
    public IReadOnlyList<ClockEvent> ClockEvents()
    {
        List<ClockEvent> clock = [];
        foreach (var row in events)
        {
            var at = BeijingTime.StartOf(row.Day);
            if (clock.Count == 0)
            {
                if (StartsClock(row))
                {
                    clock.Add(new ClockStarted(at));
                }

                continue;
            }

            if (ClockEventOf(row, at) is { } happened)
            {
                clock.Add(happened);
            }
        }

        return clock;
    }

    private static ClockEvent? ClockEventOf(RequestEvent row, DateTimeOffset at) => row.Trigger switch
    {
        RequestTrigger.AskCorrection or RequestTrigger.Consult or RequestTrigger.GrantFee => new ClockPaused(at),
        // R-14, FEE109: begins anew when the correction is received, or the fee is paid.
        RequestTrigger.Correct or RequestTrigger.Pay => new ClockRestarted(at),
        RequestTrigger.EndConsultation => new ClockResumed(at),
        RequestTrigger.GrantExtension => new ClockExtended(at, Extension),
        RequestTrigger.ApproveAnswer or RequestTrigger.LapseCorrection or RequestTrigger.LapseFee
            or RequestTrigger.Withdraw => new ClockStopped(at),
        _ => null,
    };

    private static ClockRule RuleOf(string code) => DeadlineRules.Find(code) is { } rule
        ? new ClockRule(rule.Unit, rule.Amount)
        : throw new InvalidOperationException($"There is no time limit {code}.");

    private static bool StartsClock(RequestEvent row) =>
        row.Trigger == RequestTrigger.Confirm
        || (row.Trigger == RequestTrigger.Register && row.State == RequestState.Received);

    private RequestEvent? Pending(RequestTrigger asked, RequestTrigger granted, RequestTrigger refused) =>
        events.LastOrDefault(row => row.Trigger == asked || row.Trigger == granted || row.Trigger == refused
            || row.Trigger is RequestTrigger.AskCorrection or RequestTrigger.Withdraw) is { } last && last.Trigger == asked ? last : null;

    private DateOnly? Sub(ClockRule rule, DateOnly from) =>
        DeadlineClock.Read(rule, [new ClockStarted(BeijingTime.StartOf(from))], calendar).DueOn;
}
