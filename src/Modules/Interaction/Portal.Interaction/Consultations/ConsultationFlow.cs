namespace Portal.Interaction.Consultations;

/// <summary>Where a consultation is. Running, ended and late are no states: they are worked out from its days.</summary>
public enum ConsultationState
{
    /// <summary>拟稿</summary>
    Draft,

    /// <summary>公告审核中: the announcement is before the three reviews.</summary>
    UnderReview,

    /// <summary>已公布: takes opinions from its first day to its last.</summary>
    Open,

    /// <summary>意见处理中: opinions are sorted and answered.</summary>
    Handling,

    /// <summary>结果报告审核中</summary>
    ReportUnderReview,

    /// <summary>已公布结果</summary>
    Reported,

    /// <summary>已取消</summary>
    Cancelled,
}

/// <summary>What may happen to a consultation or to an opinion of it.</summary>
public enum ConsultationTrigger
{
    Create,
    Edit,

    /// <summary>The announcement goes to the three reviews.</summary>
    Submit,

    /// <summary>Back to the desk after a reviewer returned it.</summary>
    TakeBack,

    /// <summary>The announcement was released.</summary>
    Release,

    /// <summary>A later version goes to the three reviews.</summary>
    Revise,

    /// <summary>延期</summary>
    Extend,

    /// <summary>A later version or a later last day was released.</summary>
    ReleaseRevision,

    /// <summary>A draft that nobody has seen is given up.</summary>
    Discard,

    /// <summary>取消: the notice of it goes to the three reviews.</summary>
    Cancel,
    ReleaseCancellation,

    /// <summary>Publishing took the notice off the site.</summary>
    TakeDown,

    /// <summary>Opinions have ended; the report is begun.</summary>
    BeginHandling,
    SubmitReport,
    ReopenReport,
    ReleaseReport,
    WithdrawReport,

    /// <summary>Somebody of the public gives an opinion.</summary>
    TakeOpinion,

    /// <summary>An opinion that came by other ways is entered.</summary>
    RegisterOpinion,

    /// <summary>Whether an opinion is shown, kept without showing, or none.</summary>
    Moderate,

    /// <summary>Themes and groups.</summary>
    Classify,

    /// <summary>采纳、部分采纳、未采纳</summary>
    Dispose,
    Export,

    /// <summary>Somebody of the staff read personal data in full.</summary>
    Reveal,

    /// <summary>The keys of personal data were destroyed at the end of its retention.</summary>
    Erase,
}

/// <summary>Who may bring a step about.</summary>
[Flags]
public enum ConsultationParty
{
    None = 0,

    /// <summary>Anybody, on the site.</summary>
    Public = 1,

    /// <summary>互动编辑 of the site.</summary>
    Editor = 2,

    /// <summary>The platform: a release of the three reviews, or the clock.</summary>
    Platform = 4,
}

/// <summary>A line of the table.</summary>
/// <param name="Trigger">What happens.</param>
/// <param name="From">In which states it may.</param>
/// <param name="To">The state after it; null: the same.</param>
/// <param name="Who">Who may.</param>
internal sealed record ConsultationLine(
    ConsultationTrigger Trigger, IReadOnlyList<ConsultationState> From, ConsultationState? To, ConsultationParty Who);

/// <summary>
/// States × triggers × who may: the one table that the handlers, the buttons and the tests read. What else must hold, such
/// as a day that has not come, is in <see cref="ConsultationRules"/>.
/// </summary>
internal static class ConsultationFlow
{
    /// <summary>The states in which a result is owed.</summary>
    public static IReadOnlyList<ConsultationState> Owing { get; } =
        [ConsultationState.Open, ConsultationState.Handling, ConsultationState.ReportUnderReview];

    private static readonly ConsultationState[] Sorting = [ConsultationState.Open, ConsultationState.Handling];

    public static IReadOnlyList<ConsultationLine> Lines { get; } =
    [
        new(ConsultationTrigger.Edit, [ConsultationState.Draft, ConsultationState.Open], null, ConsultationParty.Editor),
        new(ConsultationTrigger.Submit, [ConsultationState.Draft], ConsultationState.UnderReview, ConsultationParty.Editor),
        new(ConsultationTrigger.TakeBack, [ConsultationState.UnderReview], ConsultationState.Draft, ConsultationParty.Editor),
        new(ConsultationTrigger.Release, [ConsultationState.UnderReview], ConsultationState.Open, ConsultationParty.Platform),
        new(ConsultationTrigger.Revise, [ConsultationState.Open], null, ConsultationParty.Editor),
        new(ConsultationTrigger.Extend, [ConsultationState.Open], null, ConsultationParty.Editor),
        new(ConsultationTrigger.ReleaseRevision, [ConsultationState.Open], null, ConsultationParty.Platform),
        new(ConsultationTrigger.Discard, [ConsultationState.Draft], ConsultationState.Cancelled, ConsultationParty.Editor),
        new(ConsultationTrigger.Cancel, [ConsultationState.Open], null, ConsultationParty.Editor),
        new(ConsultationTrigger.ReleaseCancellation, [ConsultationState.Open], ConsultationState.Cancelled, ConsultationParty.Platform),
        new(
            ConsultationTrigger.TakeDown,
            [.. Owing, ConsultationState.Reported, ConsultationState.Cancelled], null, ConsultationParty.Platform),
        new(ConsultationTrigger.BeginHandling, [ConsultationState.Open], ConsultationState.Handling, ConsultationParty.Editor),
        new(ConsultationTrigger.SubmitReport, [ConsultationState.Handling], ConsultationState.ReportUnderReview, ConsultationParty.Editor),
        new(ConsultationTrigger.ReopenReport, [ConsultationState.ReportUnderReview], ConsultationState.Handling, ConsultationParty.Editor),
        new(
            ConsultationTrigger.ReleaseReport, [ConsultationState.ReportUnderReview, ConsultationState.Handling], ConsultationState.Reported, ConsultationParty.Platform),
        new(ConsultationTrigger.WithdrawReport, [ConsultationState.Reported], ConsultationState.Handling, ConsultationParty.Platform),
        new(ConsultationTrigger.TakeOpinion, [ConsultationState.Open], null, ConsultationParty.Public),
        new(ConsultationTrigger.RegisterOpinion, Sorting, null, ConsultationParty.Editor),
        new(ConsultationTrigger.Moderate, Sorting, null, ConsultationParty.Editor),
        new(ConsultationTrigger.Classify, Sorting, null, ConsultationParty.Editor),
        new(ConsultationTrigger.Dispose, Sorting, null, ConsultationParty.Editor),
        new(ConsultationTrigger.Export, [.. Owing, ConsultationState.Reported, ConsultationState.Cancelled], null, ConsultationParty.Editor),
        new(ConsultationTrigger.Reveal, [.. Owing, ConsultationState.Reported, ConsultationState.Cancelled], null, ConsultationParty.Editor),
        new(ConsultationTrigger.Erase, [ConsultationState.Reported, ConsultationState.Cancelled], null, ConsultationParty.Platform),
    ];

    /// <summary>The line for a trigger in a state; null when there is none.</summary>
    public static ConsultationLine? Find(ConsultationState state, ConsultationTrigger trigger) =>
        Lines.FirstOrDefault(line => line.Trigger == trigger && line.From.Contains(state));

    /// <summary>May somebody of this party do it in this state?</summary>
    public static bool Allows(ConsultationState state, ConsultationTrigger trigger, ConsultationParty party) =>
        Find(state, trigger) is { } line && (line.Who & party) != ConsultationParty.None;

    /// <summary>What the trail calls a step.</summary>
    public static string ActOf(ConsultationTrigger trigger) => trigger switch
    {
        ConsultationTrigger.Create => "consultation.created",
        ConsultationTrigger.Edit => "consultation.edited",
        ConsultationTrigger.Submit => "consultation.submitted",
        ConsultationTrigger.TakeBack => "consultation.taken-back",
        ConsultationTrigger.Release => "consultation.opened",
        ConsultationTrigger.Revise => "consultation.revision-submitted",
        ConsultationTrigger.Extend => "consultation.extension-submitted",
        ConsultationTrigger.ReleaseRevision => "consultation.revised",
        ConsultationTrigger.Discard => "consultation.discarded",
        ConsultationTrigger.Cancel => "consultation.cancellation-submitted",
        ConsultationTrigger.ReleaseCancellation => "consultation.cancelled",
        ConsultationTrigger.TakeDown => "consultation.taken-down",
        ConsultationTrigger.BeginHandling => "consultation.handling-begun",
        ConsultationTrigger.SubmitReport => "consultation.report-submitted",
        ConsultationTrigger.ReopenReport => "consultation.report-reopened",
        ConsultationTrigger.ReleaseReport => "consultation.reported",
        ConsultationTrigger.WithdrawReport => "consultation.report-withdrawn",
        ConsultationTrigger.Export => "consultation.exported",
        ConsultationTrigger.Erase => "consultation.erased",
        ConsultationTrigger.TakeOpinion => "opinion.submitted",
        ConsultationTrigger.RegisterOpinion => "opinion.registered",
        ConsultationTrigger.Moderate => "opinion.moderated",
        ConsultationTrigger.Classify => "opinion.classified",
        ConsultationTrigger.Dispose => "opinion.disposed",
        ConsultationTrigger.Reveal => "opinion.revealed",
        _ => throw new InvalidOperationException($"The trail has no word for {trigger}."),
    };
}
