namespace Portal.Disclosure.Requests;

/// <summary>Where a request is. Late is no state: it is worked out.</summary>
public enum RequestState
{
    /// <summary>待确认: came in online, by fax or plain letter; counts from the day it is confirmed .</summary>
    Unconfirmed,

    /// <summary>已收到</summary>
    Received,

    /// <summary>补正中 (R-14)</summary>
    Correcting,

    /// <summary>办理中</summary>
    Handling,

    /// <summary>征求意见中: the time does not count .</summary>
    Consulting,

    /// <summary>待缴费 (FEE109)</summary>
    AwaitingFee,

    /// <summary>拟答复</summary>
    Drafting,

    /// <summary>审核中</summary>
    Reviewing,

    /// <summary>已答复</summary>
    Answered,

    /// <summary>已送达</summary>
    Delivered,

    /// <summary>视为放弃</summary>
    Abandoned,

    /// <summary>已撤回</summary>
    Withdrawn,

    /// <summary>已归档</summary>
    Archived,
}

/// <summary>What may happen to a request.</summary>
public enum RequestTrigger
{
    Submit,
    Register,
    Confirm,
    TakeOn,
    Assign,
    AskCorrection,
    Correct,
    LapseCorrection,
    Consult,
    EndConsultation,

    /// <summary>要求说明理由 (R-19)</summary>
    AskReasons,
    GiveReasons,

    /// <summary>合理延迟 (R-19)</summary>
    Defer,
    AskExtension,
    GrantExtension,
    RefuseExtension,
    ProposeFee,
    GrantFee,
    RefuseFee,
    Pay,
    LapseFee,
    Draft,
    SubmitAnswer,
    ReturnAnswer,
    ApproveAnswer,
    Deliver,
    Archive,
    Withdraw,

    /// <summary>Somebody of the staff read the personal data in full.</summary>
    Reveal,

    /// <summary>The key of the personal data was destroyed at the end of its retention.</summary>
    Erase,

    /// <summary>A new calendar moved the due date.</summary>
    Recount,
}

/// <summary>Who may bring a step about.</summary>
[Flags]
public enum Party
{
    None = 0,

    /// <summary>The applicant, with number and code.</summary>
    Applicant = 1,

    /// <summary>信息公开承办人, and the head too.</summary>
    Officer = 2,

    /// <summary>信息公开负责人</summary>
    Head = 4,

    /// <summary>The platform.</summary>
    Platform = 8,
}

/// <summary>A line of the table.</summary>
/// <param name="Trigger">What happens.</param>
/// <param name="From">In which states it may.</param>
/// <param name="To">The state after it; null: the same.</param>
/// <param name="Who">Who may.</param>
internal sealed record RequestStep(RequestTrigger Trigger, IReadOnlyList<RequestState> From, RequestState? To, Party Who);

/// <summary>
/// States × triggers × who may: the one table that the handlers, the buttons and the tests read. What else must hold, such
/// as a limit that has passed, is in <see cref="RequestRules"/>.
/// </summary>
internal static class RequestFlow
{
    /// <summary>The states in which the answer is still owed.</summary>
    public static IReadOnlyList<RequestState> Open { get; } =
    [
        RequestState.Unconfirmed, RequestState.Received, RequestState.Correcting, RequestState.Handling,
        RequestState.Consulting, RequestState.AwaitingFee, RequestState.Drafting, RequestState.Reviewing,
    ];

    public static IReadOnlyList<RequestStep> Steps { get; } =
    [
        new(RequestTrigger.Confirm, [RequestState.Unconfirmed], RequestState.Received, Party.Officer),
        new(RequestTrigger.TakeOn, [RequestState.Received], RequestState.Handling, Party.Officer),
        new(RequestTrigger.Assign, Open, null, Party.Head),
        new(RequestTrigger.AskCorrection, [RequestState.Received, RequestState.Handling], RequestState.Correcting, Party.Officer),
        new(RequestTrigger.Correct, [RequestState.Correcting], RequestState.Received, Party.Officer | Party.Applicant),
        new(RequestTrigger.LapseCorrection, [RequestState.Correcting], RequestState.Abandoned, Party.Officer),
        new(RequestTrigger.Consult, [RequestState.Handling], RequestState.Consulting, Party.Officer),
        new(RequestTrigger.EndConsultation, [RequestState.Consulting], RequestState.Handling, Party.Officer),
        new(RequestTrigger.AskReasons, [RequestState.Received, RequestState.Handling], null, Party.Officer),
        new(RequestTrigger.GiveReasons, Open, null, Party.Officer | Party.Applicant),
        new(RequestTrigger.Defer, [RequestState.Handling, RequestState.Drafting], null, Party.Head),
        new(RequestTrigger.AskExtension, [RequestState.Handling, RequestState.Drafting], null, Party.Officer),
        new(RequestTrigger.GrantExtension, [RequestState.Handling, RequestState.Drafting], null, Party.Head),
        new(RequestTrigger.RefuseExtension, [RequestState.Handling, RequestState.Drafting], null, Party.Head),
        new(RequestTrigger.ProposeFee, [RequestState.Handling], null, Party.Officer),
        new(RequestTrigger.GrantFee, [RequestState.Handling], RequestState.AwaitingFee, Party.Head),
        new(RequestTrigger.RefuseFee, [RequestState.Handling], null, Party.Head),
        new(RequestTrigger.Pay, [RequestState.AwaitingFee], RequestState.Handling, Party.Officer),
        new(RequestTrigger.LapseFee, [RequestState.AwaitingFee], RequestState.Abandoned, Party.Officer),
        new(RequestTrigger.Draft, [RequestState.Handling, RequestState.Drafting], RequestState.Drafting, Party.Officer),
        new(RequestTrigger.SubmitAnswer, [RequestState.Drafting], RequestState.Reviewing, Party.Officer),
        new(RequestTrigger.ReturnAnswer, [RequestState.Reviewing], RequestState.Drafting, Party.Head),
        new(RequestTrigger.ApproveAnswer, [RequestState.Reviewing], RequestState.Answered, Party.Head),
        new(RequestTrigger.Deliver, [RequestState.Answered], RequestState.Delivered, Party.Officer),
        new(RequestTrigger.Archive, [RequestState.Delivered, RequestState.Abandoned, RequestState.Withdrawn], RequestState.Archived, Party.Officer | Party.Platform),
        new(RequestTrigger.Withdraw, Open, RequestState.Withdrawn, Party.Officer | Party.Applicant),
        new(RequestTrigger.Reveal, Enum.GetValues<RequestState>(), null, Party.Officer),
        new(RequestTrigger.Erase, [RequestState.Archived], null, Party.Platform),
        new(RequestTrigger.Recount, Open, null, Party.Platform),
    ];

    /// <summary>The line for a trigger in a state; null when there is none.</summary>
    public static RequestStep? Find(RequestState state, RequestTrigger trigger) =>
        Steps.FirstOrDefault(step => step.Trigger == trigger && step.From.Contains(state));

    /// <summary>May somebody of these parties do it?</summary>
    public static bool Allows(this RequestStep step, Party parties) => (step.Who & parties) != Party.None;

    /// <summary>A head of the office may do what an officer may.</summary>
    public static Party PartiesOf(bool handles, bool decides) =>
        decides ? Party.Officer | Party.Head : handles ? Party.Officer : Party.None;

    /// <summary>What the trail calls a step.</summary>
    public static string ActOf(RequestTrigger trigger) => trigger switch
    {
        RequestTrigger.Submit => "submitted",
        RequestTrigger.Register => "registered",
        RequestTrigger.Confirm => "confirmed",
        RequestTrigger.TakeOn => "taken-on",
        RequestTrigger.Assign => "assigned",
        RequestTrigger.AskCorrection => "correction-asked",
        RequestTrigger.Correct => "corrected",
        RequestTrigger.LapseCorrection => "correction-lapsed",
        RequestTrigger.Consult => "consulted",
        RequestTrigger.EndConsultation => "consultation-ended",
        RequestTrigger.AskReasons => "reasons-asked",
        RequestTrigger.GiveReasons => "reasons-given",
        RequestTrigger.Defer => "deferred",
        RequestTrigger.AskExtension => "extension-asked",
        RequestTrigger.GrantExtension => "extension-granted",
        RequestTrigger.RefuseExtension => "extension-refused",
        RequestTrigger.ProposeFee => "fee-proposed",
        RequestTrigger.GrantFee => "fee-granted",
        RequestTrigger.RefuseFee => "fee-refused",
        RequestTrigger.Pay => "paid",
        RequestTrigger.LapseFee => "fee-lapsed",
        RequestTrigger.Draft => "drafted",
        RequestTrigger.SubmitAnswer => "answer-submitted",
        RequestTrigger.ReturnAnswer => "answer-returned",
        RequestTrigger.ApproveAnswer => "answered",
        RequestTrigger.Deliver => "delivered",
        RequestTrigger.Archive => "archived",
        RequestTrigger.Withdraw => "withdrawn",
        RequestTrigger.Reveal => "revealed",
        RequestTrigger.Erase => "erased",
        RequestTrigger.Recount => "recounted",
        _ => throw new InvalidOperationException($"The trail has no word for {trigger}."),
    };

    /// <summary>Who did a step that no member of the staff did.</summary>
    public static Party Doer(RequestTrigger trigger) =>
        trigger is RequestTrigger.Erase or RequestTrigger.Recount or RequestTrigger.Archive ? Party.Platform : Party.Applicant;

    /// <summary>Where a request begins: what came in by these ways counts only once it is confirmed .</summary>
    public static RequestState Opening(ReceiptChannel channel) =>
        channel is ReceiptChannel.Online or ReceiptChannel.Fax or ReceiptChannel.PlainLetter
            ? RequestState.Unconfirmed
            : RequestState.Received;
}
