using System.Globalization;
using Portal.Disclosure.Deadlines;
using Portal.Shared.Calendars;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Requests;

/// <summary>A request with its steps: everything that follows from them.</summary>
internal sealed class RequestCase(InformationRequest request, IReadOnlyList<RequestEvent> events, WorkingCalendar calendar)
{
    public InformationRequest Request => request;

    public IReadOnlyList<RequestEvent> Events => events;

    public WorkingCalendar Calendar => calendar;

    /// <summary>R-14: so many working days after the receipt the only notice may still go out.</summary>
    public int CorrectionNoticeDays => LimitOf("correction").Amount;

    /// <summary>R-16, R-18: how long somebody who is heard has. Another agency has as long as a third party.</summary>
    public ClockRule ConsultationLimit(ConsultedParty party) => LimitOf(party == ConsultedParty.Maker ? "co-maker" : "third-party");

    /// <summary>FEE109: how long the applicant has to pay.</summary>
    public ClockRule FeeLimit => LimitOf("fee");

    public RequestEvent? Last(RequestTrigger trigger) => events.LastOrDefault(row => row.Trigger == trigger);

    /// <summary>收到之日; null before it is confirmed.</summary>
    public DateOnly? ReceivedOn => events.FirstOrDefault(StartsClock)?.Day;

    /// <summary>The reply's clock; null before it starts.</summary>
    public ClockReading? Reply => ClockEvents() is { Count: > 0 } clock ? DeadlineClock.Read(LimitOf("reply"), clock, calendar) : null;

    /// <summary>The last day for a correction that was asked for and has not come.</summary>
    public DateOnly? CorrectionDue => request.State == RequestState.Correcting && Last(RequestTrigger.AskCorrection) is { } asked
        ? Sub(DaysOf(asked), asked.Day)
        : null;

    /// <summary>The last day for the reasons that were asked for and have not come .</summary>
    public DateOnly? ReasonsDue => request.ClosedOn is null && AwaitsReasons
        ? Sub(DaysOf(Last(RequestTrigger.AskReasons)!), Last(RequestTrigger.AskReasons)!.Day)
        : null;

    /// <summary>Reasons were asked for and have not come.</summary>
    public bool AwaitsReasons => Last(RequestTrigger.AskReasons) is not null && Last(RequestTrigger.GiveReasons) is null;

    /// <summary>The last day for the opinion of somebody who is being heard.</summary>
    public DateOnly? ConsultationDue => request.State == RequestState.Consulting && Last(RequestTrigger.Consult) is { } asked
        ? Sub(ConsultationLimit(Consulted), asked.Day)
        : null;

    /// <summary>Who was heard last.</summary>
    public ConsultedParty Consulted => Last(RequestTrigger.Consult)?.Facts.GetValueOrDefault("kind") switch
    {
        "maker" => ConsultedParty.Maker,
        "agency" => ConsultedParty.Agency,
        _ => ConsultedParty.Third,
    };

    /// <summary>The last day to pay.</summary>
    public DateOnly? FeeDue => request.State == RequestState.AwaitingFee && Last(RequestTrigger.GrantFee) is { } asked
        ? Sub(FeeLimit, asked.Day)
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

    /// <summary>The last day of a limit that begins on a day.</summary>
    public DateOnly? Sub(ClockRule rule, DateOnly from) =>
        DeadlineClock.Read(rule, [new ClockStarted(BeijingTime.StartOf(from))], calendar).DueOn;

    private ClockEvent? ClockEventOf(RequestEvent row, DateTimeOffset at) => row.Trigger switch
    {
        RequestTrigger.AskCorrection or RequestTrigger.Consult or RequestTrigger.GrantFee => new ClockPaused(at),
        // R-14, FEE109: begins anew when the correction is received, or the fee is paid.
        RequestTrigger.Correct or RequestTrigger.Pay => new ClockRestarted(at),
        RequestTrigger.EndConsultation => new ClockResumed(at),
        RequestTrigger.GrantExtension => new ClockExtended(at, LimitOf("extension").Amount),
        // the office itself sets a reasonable time.
        RequestTrigger.Defer => new ClockExtended(at, int.Parse(row.Facts["days"], CultureInfo.InvariantCulture)),
        RequestTrigger.ApproveAnswer or RequestTrigger.LapseCorrection or RequestTrigger.LapseFee
            or RequestTrigger.Withdraw => new ClockStopped(at),
        _ => null,
    };

    // What held when the request was sent holds for it to its end.
    private ClockRule LimitOf(string code) => DeadlineRules.Find(code, BeijingTime.Date(request.SubmittedAt)) is { } rule
        ? new ClockRule(rule.Unit, rule.Amount)
        : throw new InvalidOperationException($"There is no time limit {code}.");

    private static ClockRule DaysOf(RequestEvent asked) =>
        new(ClockUnit.Workdays, int.Parse(asked.Facts["days"], CultureInfo.InvariantCulture));

    private static bool StartsClock(RequestEvent row) =>
        row.Trigger == RequestTrigger.Confirm
        || (row.Trigger == RequestTrigger.Register && row.State == RequestState.Received);

    private RequestEvent? Pending(RequestTrigger asked, RequestTrigger granted, RequestTrigger refused) =>
        events.LastOrDefault(row => row.Trigger == asked || row.Trigger == granted || row.Trigger == refused
            || row.Trigger is RequestTrigger.AskCorrection or RequestTrigger.Withdraw) is { } last && last.Trigger == asked ? last : null;
}
