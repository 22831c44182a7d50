namespace Portal.Interaction.ErrorReports;

/// <summary>Where a report is. Late is no state: it is worked out.</summary>
public enum ErrorState
{
    /// <summary>待转办</summary>
    Submitted,

    /// <summary>已转办</summary>
    Forwarded,

    /// <summary>已退回: the unit holds that another is responsible.</summary>
    Returned,

    /// <summary>办理中</summary>
    Handling,

    /// <summary>更正中: the next edition of the document puts it right, and answers the report.</summary>
    Correcting,

    /// <summary>已答复</summary>
    Answered,

    /// <summary>已办结</summary>
    Closed,

    /// <summary>已并入: says the same as another report, whose answer is its own.</summary>
    Joined,
}

/// <summary>What may happen to a report.</summary>
public enum ErrorTrigger
{
    Submit,

    /// <summary>转办</summary>
    Forward,

    /// <summary>退回: once.</summary>
    Return,

    /// <summary>接收办理</summary>
    TakeOn,

    /// <summary>由更正版次答复: the document's next edition will answer it.</summary>
    AwaitEdition,

    /// <summary>改为人工答复</summary>
    StopAwaiting,

    /// <summary>答复</summary>
    Answer,

    /// <summary>The awaited edition was published.</summary>
    Correct,

    /// <summary>并入</summary>
    Join,

    /// <summary>办结</summary>
    Close,

    /// <summary>Somebody of the staff read how to reach the reporter.</summary>
    Reveal,

    /// <summary>The key of what was written was destroyed at the end of its retention.</summary>
    Erase,

    /// <summary>A new calendar moved a due date.</summary>
    Recount,
}

/// <summary>Who may bring a step about.</summary>
[Flags]
public enum ErrorParty
{
    None = 0,

    /// <summary>纠错承办人 of the site that owns the page.</summary>
    Desk = 1,

    /// <summary>纠错承办人 of the unit it was forwarded to.</summary>
    Unit = 2,

    /// <summary>The platform.</summary>
    Platform = 4,
}

/// <summary>A line of the table.</summary>
/// <param name="Trigger">What happens.</param>
/// <param name="From">In which states it may.</param>
/// <param name="To">The state after it; null: the same.</param>
/// <param name="Who">Who may.</param>
internal sealed record ErrorStep(ErrorTrigger Trigger, IReadOnlyList<ErrorState> From, ErrorState? To, ErrorParty Who);

/// <summary>States × triggers × who may: the one table that the handlers, the buttons and the tests read.</summary>
internal static class ErrorReportFlow
{
    /// <summary>The states in which the answer is still owed.</summary>
    public static IReadOnlyList<ErrorState> Open { get; } =
        [ErrorState.Submitted, ErrorState.Forwarded, ErrorState.Returned, ErrorState.Handling, ErrorState.Correcting];

    /// <summary>The states in which nobody has it yet.</summary>
    public static IReadOnlyList<ErrorState> ToForward { get; } = [ErrorState.Submitted, ErrorState.Returned];

    /// <summary>The states in which nothing is owed any more.</summary>
    public static IReadOnlyList<ErrorState> Ended { get; } = [ErrorState.Closed, ErrorState.Joined];

    public static IReadOnlyList<ErrorStep> Steps { get; } =
    [
        new(ErrorTrigger.Forward, ToForward, ErrorState.Forwarded, ErrorParty.Desk),
        new(ErrorTrigger.Join, ToForward, ErrorState.Joined, ErrorParty.Desk | ErrorParty.Platform),
        new(ErrorTrigger.Return, [ErrorState.Forwarded, ErrorState.Handling], ErrorState.Returned, ErrorParty.Unit),
        new(ErrorTrigger.TakeOn, [ErrorState.Forwarded], ErrorState.Handling, ErrorParty.Unit),
        new(ErrorTrigger.AwaitEdition, [ErrorState.Handling], ErrorState.Correcting, ErrorParty.Unit),
        new(ErrorTrigger.StopAwaiting, [ErrorState.Correcting], ErrorState.Handling, ErrorParty.Unit),
        new(ErrorTrigger.Correct, [ErrorState.Correcting], ErrorState.Answered, ErrorParty.Platform),
        // What the desk knows itself it need not give to anybody.
        new(ErrorTrigger.Answer, ToForward, ErrorState.Answered, ErrorParty.Desk),
        new(ErrorTrigger.Answer, [ErrorState.Handling], ErrorState.Answered, ErrorParty.Unit),
        new(ErrorTrigger.Close, [ErrorState.Answered], ErrorState.Closed, ErrorParty.Desk | ErrorParty.Platform),
        new(ErrorTrigger.Reveal, Enum.GetValues<ErrorState>(), null, ErrorParty.Desk | ErrorParty.Unit),
        new(ErrorTrigger.Erase, Ended, null, ErrorParty.Platform),
        new(ErrorTrigger.Recount, Open, null, ErrorParty.Platform),
    ];

    /// <summary>The line for a trigger in a state; null when there is none.</summary>
    public static ErrorStep? Find(ErrorState state, ErrorTrigger trigger) =>
        Steps.FirstOrDefault(step => step.Trigger == trigger && step.From.Contains(state));

    /// <summary>May somebody of these parties do it?</summary>
    public static bool Allows(this ErrorStep step, ErrorParty parties) => (step.Who & parties) != ErrorParty.None;

    /// <summary>What the trail calls a step.</summary>
    public static string ActOf(ErrorTrigger trigger) => trigger switch
    {
        ErrorTrigger.Submit => "submitted",
        ErrorTrigger.Forward => "forwarded",
        ErrorTrigger.Return => "returned",
        ErrorTrigger.TakeOn => "taken-on",
        ErrorTrigger.AwaitEdition => "edition-awaited",
        ErrorTrigger.StopAwaiting => "edition-given-up",
        ErrorTrigger.Answer => "answered",
        ErrorTrigger.Correct => "corrected",
        ErrorTrigger.Join => "joined",
        ErrorTrigger.Close => "closed",
        ErrorTrigger.Reveal => "revealed",
        ErrorTrigger.Erase => "erased",
        ErrorTrigger.Recount => "recounted",
        _ => throw new InvalidOperationException($"The trail has no word for {trigger}."),
    };
}
