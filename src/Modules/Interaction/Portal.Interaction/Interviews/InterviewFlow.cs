namespace Portal.Interaction.Interviews;

/// <summary>Where an interview is. Late is no state: it is worked out.</summary>
public enum InterviewState
{
    /// <summary>筹备中: nothing of it is public.</summary>
    Planned,

    /// <summary>预告审核中</summary>
    AnnouncementUnderReview,

    /// <summary>已预告: public, and takes no questions.</summary>
    Announced,

    /// <summary>征集提问中</summary>
    CollectingQuestions,

    /// <summary>直播中</summary>
    Live,

    /// <summary>实录整理中</summary>
    Ended,

    /// <summary>实录审核中</summary>
    TranscriptUnderReview,

    /// <summary>已发布实录</summary>
    Published,

    /// <summary>已延期: with the new time and the reason.</summary>
    Postponed,

    /// <summary>已取消: with the reason.</summary>
    Cancelled,
}

/// <summary>What may happen to an interview.</summary>
public enum InterviewTrigger
{
    Plan,
    Edit,

    /// <summary>送审预告</summary>
    SubmitAnnouncement,

    /// <summary>退回修改: what the reviewers returned, or never saw.</summary>
    RecallAnnouncement,

    /// <summary>The announcement was released.</summary>
    Announce,
    OpenQuestions,
    CloseQuestions,

    /// <summary>说明预告时间不足的原因</summary>
    ExplainNotice,

    /// <summary>延期</summary>
    Postpone,
    Cancel,

    /// <summary>开始直播</summary>
    Start,
    Pause,
    Resume,
    End,

    /// <summary>未答问题转来信</summary>
    HandOver,

    /// <summary>送审实录</summary>
    SubmitTranscript,
    RecallTranscript,

    /// <summary>The transcript was released.</summary>
    Publish,

    /// <summary>更正已发布的实录: opens it again; the public keeps the published one until the next is released.</summary>
    Reopen,

    /// <summary>The document of the announcement or the transcript was taken down.</summary>
    TakeDown,
}

/// <summary>Who may bring a step about.</summary>
[Flags]
public enum InterviewParty
{
    None = 0,

    /// <summary>互动编辑 of the site.</summary>
    Editor = 1,

    /// <summary>The platform: a release, a withdrawal.</summary>
    Platform = 2,
}

/// <summary>A line of the table.</summary>
/// <param name="Trigger">What happens.</param>
/// <param name="From">In which states it may.</param>
/// <param name="To">The state after it; null: the same.</param>
/// <param name="Who">Who may.</param>
internal sealed record InterviewStep(
    InterviewTrigger Trigger, IReadOnlyList<InterviewState> From, InterviewState? To, InterviewParty Who);

/// <summary>
/// States × triggers × who may: the one table that the handlers, the buttons and the tests read. What else must hold is in
/// <see cref="InterviewRules"/>.
/// </summary>
internal static class InterviewFlow
{
    /// <summary>The states in which it is ahead and the public knows of it.</summary>
    public static IReadOnlyList<InterviewState> Ahead { get; } =
        [InterviewState.Announced, InterviewState.CollectingQuestions, InterviewState.Postponed];

    /// <summary>The states in which visitors may ask.</summary>
    public static IReadOnlyList<InterviewState> TakesQuestions { get; } = [InterviewState.CollectingQuestions, InterviewState.Live];

    /// <summary>The states in which questions are moderated.</summary>
    public static IReadOnlyList<InterviewState> Moderates { get; } = [.. Ahead, InterviewState.Live, InterviewState.Ended];

    /// <summary>The states in which the scribe writes.</summary>
    public static IReadOnlyList<InterviewState> Transcribes { get; } = [InterviewState.Live, InterviewState.Ended];

    public static IReadOnlyList<InterviewStep> Steps { get; } =
    [
        new(InterviewTrigger.Edit, [InterviewState.Planned], null, InterviewParty.Editor),
        new(InterviewTrigger.SubmitAnnouncement, [InterviewState.Planned], InterviewState.AnnouncementUnderReview, InterviewParty.Editor),
        new(InterviewTrigger.RecallAnnouncement, [InterviewState.AnnouncementUnderReview], InterviewState.Planned, InterviewParty.Editor),
        new(InterviewTrigger.Announce, [InterviewState.AnnouncementUnderReview, InterviewState.Planned], InterviewState.Announced, InterviewParty.Platform),
        new(InterviewTrigger.OpenQuestions, [InterviewState.Announced, InterviewState.Postponed], InterviewState.CollectingQuestions,
            InterviewParty.Editor | InterviewParty.Platform),
        new(InterviewTrigger.CloseQuestions, [InterviewState.CollectingQuestions], InterviewState.Announced, InterviewParty.Editor),
        new(InterviewTrigger.ExplainNotice, Ahead, null, InterviewParty.Editor),
        new(InterviewTrigger.Postpone, Ahead, InterviewState.Postponed, InterviewParty.Editor),
        new(InterviewTrigger.Cancel, [InterviewState.Planned, .. Ahead], InterviewState.Cancelled, InterviewParty.Editor),
        new(InterviewTrigger.Start, Ahead, InterviewState.Live, InterviewParty.Editor),
        new(InterviewTrigger.Pause, [InterviewState.Live], null, InterviewParty.Editor),
        new(InterviewTrigger.Resume, [InterviewState.Live], null, InterviewParty.Editor),
        new(InterviewTrigger.End, [InterviewState.Live], InterviewState.Ended, InterviewParty.Editor),
        new(InterviewTrigger.HandOver, [InterviewState.Ended], null, InterviewParty.Editor),
        new(InterviewTrigger.SubmitTranscript, [InterviewState.Ended], InterviewState.TranscriptUnderReview, InterviewParty.Editor),
        new(InterviewTrigger.RecallTranscript, [InterviewState.TranscriptUnderReview], InterviewState.Ended, InterviewParty.Editor),
        new(InterviewTrigger.Publish, [InterviewState.TranscriptUnderReview, InterviewState.Ended], InterviewState.Published, InterviewParty.Platform),
        new(InterviewTrigger.Reopen, [InterviewState.Published], InterviewState.Ended, InterviewParty.Editor),
        new(InterviewTrigger.TakeDown, Ahead, InterviewState.Cancelled, InterviewParty.Platform),
    ];

    /// <summary>The line for a trigger in a state; null when there is none.</summary>
    public static InterviewStep? Find(InterviewState state, InterviewTrigger trigger) =>
        Steps.FirstOrDefault(step => step.Trigger == trigger && step.From.Contains(state));

    /// <summary>What the trail calls a step.</summary>
    public static string ActOf(InterviewTrigger trigger) => trigger switch
    {
        InterviewTrigger.Plan => "planned",
        InterviewTrigger.Edit => "edited",
        InterviewTrigger.SubmitAnnouncement => "announcement-submitted",
        InterviewTrigger.RecallAnnouncement => "announcement-recalled",
        InterviewTrigger.Announce => "announced",
        InterviewTrigger.OpenQuestions => "questions-opened",
        InterviewTrigger.CloseQuestions => "questions-closed",
        InterviewTrigger.ExplainNotice => "notice-explained",
        InterviewTrigger.Postpone => "postponed",
        InterviewTrigger.Cancel => "cancelled",
        InterviewTrigger.Start => "started",
        InterviewTrigger.Pause => "paused",
        InterviewTrigger.Resume => "resumed",
        InterviewTrigger.End => "ended",
        InterviewTrigger.HandOver => "handed-over",
        InterviewTrigger.SubmitTranscript => "transcript-submitted",
        InterviewTrigger.RecallTranscript => "transcript-recalled",
        InterviewTrigger.Publish => "transcript-published",
        InterviewTrigger.Reopen => "reopened",
        InterviewTrigger.TakeDown => "taken-down",
        _ => throw new InvalidOperationException($"The trail has no word for {trigger}."),
    };
}
