namespace Portal.Interaction.Letters;

/// <summary>Where a letter is. Late is no state: it is worked out.</summary>
public enum LetterState
{
    /// <summary>待受理: came in, nobody has read it yet.</summary>
    Submitted,

    /// <summary>已受理: waits to be given to a unit.</summary>
    Accepted,

    /// <summary>不予受理: with the reason and where to go.</summary>
    NotAccepted,

    /// <summary>已并案: says the same as another of the writer's letters.</summary>
    Merged,

    /// <summary>已交办</summary>
    Dispatched,

    /// <summary>已退回: the unit holds that another is responsible.</summary>
    Returned,

    /// <summary>办理中</summary>
    Handling,

    /// <summary>待补充: the writer was asked; the time does not count.</summary>
    Supplementing,

    /// <summary>拟回复</summary>
    Drafted,

    /// <summary>回复审核中</summary>
    Reviewing,

    /// <summary>已回复</summary>
    Replied,

    /// <summary>已评价</summary>
    Rated,

    /// <summary>已办结</summary>
    Closed,

    /// <summary>已撤回</summary>
    Withdrawn,
}

/// <summary>What may happen to a letter.</summary>
public enum LetterTrigger
{
    Submit,
    Register,
    Accept,

    /// <summary>不予受理</summary>
    Decline,

    /// <summary>并案</summary>
    Merge,

    /// <summary>交办</summary>
    Dispatch,

    /// <summary>改派</summary>
    Transfer,

    /// <summary>退回</summary>
    Return,

    /// <summary>接收办理</summary>
    TakeOn,

    /// <summary>会办意见</summary>
    GiveOpinion,
    AskSupplement,
    Supplement,
    LapseSupplement,
    AskExtension,
    GrantExtension,
    RefuseExtension,
    Draft,
    SubmitReply,
    ReturnReply,
    ApproveReply,

    /// <summary>评价</summary>
    Rate,

    /// <summary>追问: once.</summary>
    FollowUp,
    Close,
    Withdraw,

    /// <summary>Somebody of the staff read the personal data in full.</summary>
    Reveal,

    /// <summary>The key of the personal data was destroyed at the end of its retention.</summary>
    Erase,

    /// <summary>A new calendar moved the due date.</summary>
    Recount,

    /// <summary>同意公开: the writer allows it after all.</summary>
    AllowPublishing,

    /// <summary>撤回公开许可: what is public is taken down.</summary>
    ForbidPublishing,

    /// <summary>拟公开: the masks of a public copy are confirmed.</summary>
    ProposeCopy,

    /// <summary>公开: somebody else releases it.</summary>
    ReleaseCopy,

    /// <summary>退回公开件</summary>
    ReturnCopy,

    /// <summary>撤下公开件</summary>
    WithdrawCopy,
}

/// <summary>Who may bring a step about.</summary>
[Flags]
public enum LetterParty
{
    None = 0,

    /// <summary>The writer, with number and code.</summary>
    Writer = 1,

    /// <summary>信箱管理员 of the mailbox's site.</summary>
    Office = 2,

    /// <summary>承办人 of the unit that answers 主办.</summary>
    Unit = 4,

    /// <summary>承办人 of a unit that helps 会办.</summary>
    Helper = 8,

    /// <summary>负责人 of the unit that answers, or of the mailbox's site.</summary>
    Head = 16,

    /// <summary>The platform.</summary>
    Platform = 32,
}

/// <summary>A line of the table.</summary>
/// <param name="Trigger">What happens.</param>
/// <param name="From">In which states it may.</param>
/// <param name="To">The state after it; null: the same.</param>
/// <param name="Who">Who may.</param>
internal sealed record LetterStep(LetterTrigger Trigger, IReadOnlyList<LetterState> From, LetterState? To, LetterParty Who);

/// <summary>
/// States × triggers × who may: the one table that the handlers, the buttons and the tests read. What else must hold, such
/// as a limit that has passed, is in <see cref="LetterRules"/>.
/// </summary>
internal static class LetterFlow
{
    /// <summary>The states in which the answer is still owed.</summary>
    public static IReadOnlyList<LetterState> Open { get; } =
    [
        LetterState.Submitted, LetterState.Accepted, LetterState.Dispatched, LetterState.Returned, LetterState.Handling,
        LetterState.Supplementing, LetterState.Drafted, LetterState.Reviewing,
    ];

    /// <summary>The states in which the writer has an answer.</summary>
    public static IReadOnlyList<LetterState> Answered { get; } = [LetterState.Replied, LetterState.Rated, LetterState.Closed];

    /// <summary>The states in which nothing is owed any more.</summary>
    public static IReadOnlyList<LetterState> Ended { get; } =
        [LetterState.NotAccepted, LetterState.Merged, LetterState.Closed, LetterState.Withdrawn];

    // What once was answered may be public, also while a question after the answer is handled.
    private static readonly LetterState[] Published = [.. Enum.GetValues<LetterState>().Where(state =>
        state is not (LetterState.NotAccepted or LetterState.Merged or LetterState.Withdrawn))];

    public static IReadOnlyList<LetterStep> Steps { get; } =
    [
        new(LetterTrigger.Accept, [LetterState.Submitted], LetterState.Accepted, LetterParty.Office),
        new(LetterTrigger.Decline, [LetterState.Submitted, LetterState.Accepted, LetterState.Returned], LetterState.NotAccepted, LetterParty.Office),
        new(LetterTrigger.Merge, [LetterState.Submitted, LetterState.Accepted, LetterState.Returned], LetterState.Merged, LetterParty.Office),
        new(LetterTrigger.Dispatch, [LetterState.Accepted, LetterState.Returned], LetterState.Dispatched, LetterParty.Office),
        new(LetterTrigger.Transfer, [LetterState.Dispatched, LetterState.Handling, LetterState.Drafted], LetterState.Dispatched, LetterParty.Office),
        new(LetterTrigger.Return, [LetterState.Dispatched, LetterState.Handling], LetterState.Returned, LetterParty.Unit),
        new(LetterTrigger.TakeOn, [LetterState.Dispatched], LetterState.Handling, LetterParty.Unit),
        new(LetterTrigger.GiveOpinion, [LetterState.Dispatched, LetterState.Handling, LetterState.Drafted], null, LetterParty.Helper),
        new(LetterTrigger.AskSupplement, [LetterState.Handling], LetterState.Supplementing, LetterParty.Unit),
        new(LetterTrigger.Supplement, [LetterState.Supplementing], LetterState.Handling, LetterParty.Writer | LetterParty.Unit),
        new(LetterTrigger.LapseSupplement, [LetterState.Supplementing], LetterState.Handling, LetterParty.Unit),
        new(LetterTrigger.AskExtension, [LetterState.Handling, LetterState.Drafted], null, LetterParty.Unit),
        new(LetterTrigger.GrantExtension, [LetterState.Handling, LetterState.Drafted], null, LetterParty.Head),
        new(LetterTrigger.RefuseExtension, [LetterState.Handling, LetterState.Drafted], null, LetterParty.Head),
        new(LetterTrigger.Draft, [LetterState.Handling, LetterState.Drafted], LetterState.Drafted, LetterParty.Unit),
        new(LetterTrigger.SubmitReply, [LetterState.Drafted], LetterState.Reviewing, LetterParty.Unit),
        new(LetterTrigger.ReturnReply, [LetterState.Reviewing], LetterState.Drafted, LetterParty.Head),
        new(LetterTrigger.ApproveReply, [LetterState.Reviewing], LetterState.Replied, LetterParty.Head),
        new(LetterTrigger.Rate, [LetterState.Replied], LetterState.Rated, LetterParty.Writer),
        new(LetterTrigger.FollowUp, [LetterState.Replied, LetterState.Rated], LetterState.Dispatched, LetterParty.Writer),
        new(LetterTrigger.Close, [LetterState.Replied, LetterState.Rated], LetterState.Closed, LetterParty.Office | LetterParty.Platform),
        new(LetterTrigger.Withdraw, Open, LetterState.Withdrawn, LetterParty.Writer),
        new(LetterTrigger.Reveal, Enum.GetValues<LetterState>(), null, LetterParty.Office | LetterParty.Unit | LetterParty.Head),
        new(LetterTrigger.Erase, Ended, null, LetterParty.Platform),
        new(LetterTrigger.Recount, Open, null, LetterParty.Platform),
        new(LetterTrigger.AllowPublishing, Published, null, LetterParty.Writer),
        new(LetterTrigger.ForbidPublishing, Published, null, LetterParty.Writer),
        new(LetterTrigger.ProposeCopy, Answered, null, LetterParty.Office),
        new(LetterTrigger.ReleaseCopy, Published, null, LetterParty.Office | LetterParty.Head),
        new(LetterTrigger.ReturnCopy, Published, null, LetterParty.Office | LetterParty.Head),
        new(LetterTrigger.WithdrawCopy, Published, null, LetterParty.Office | LetterParty.Head),
    ];

    /// <summary>Steps that have a form of their own, beside that of a letter's page; they change neither state nor clock.</summary>
    public static IReadOnlySet<LetterTrigger> Apart { get; } = new HashSet<LetterTrigger>
    {
        LetterTrigger.Reveal, LetterTrigger.ProposeCopy, LetterTrigger.ReleaseCopy, LetterTrigger.ReturnCopy, LetterTrigger.WithdrawCopy,
    };

    /// <summary>The line for a trigger in a state; null when there is none.</summary>
    public static LetterStep? Find(LetterState state, LetterTrigger trigger) =>
        Steps.FirstOrDefault(step => step.Trigger == trigger && step.From.Contains(state));

    /// <summary>May somebody of these parties do it?</summary>
    public static bool Allows(this LetterStep step, LetterParty parties) => (step.Who & parties) != LetterParty.None;

    /// <summary>What the trail calls a step.</summary>
    public static string ActOf(LetterTrigger trigger) => trigger switch
    {
        LetterTrigger.Submit => "submitted",
        LetterTrigger.Register => "registered",
        LetterTrigger.Accept => "accepted",
        LetterTrigger.Decline => "declined",
        LetterTrigger.Merge => "merged",
        LetterTrigger.Dispatch => "dispatched",
        LetterTrigger.Transfer => "transferred",
        LetterTrigger.Return => "returned",
        LetterTrigger.TakeOn => "taken-on",
        LetterTrigger.GiveOpinion => "opinion-given",
        LetterTrigger.AskSupplement => "supplement-asked",
        LetterTrigger.Supplement => "supplemented",
        LetterTrigger.LapseSupplement => "supplement-lapsed",
        LetterTrigger.AskExtension => "extension-asked",
        LetterTrigger.GrantExtension => "extension-granted",
        LetterTrigger.RefuseExtension => "extension-refused",
        LetterTrigger.Draft => "drafted",
        LetterTrigger.SubmitReply => "reply-submitted",
        LetterTrigger.ReturnReply => "reply-returned",
        LetterTrigger.ApproveReply => "replied",
        LetterTrigger.Rate => "rated",
        LetterTrigger.FollowUp => "followed-up",
        LetterTrigger.Close => "closed",
        LetterTrigger.Withdraw => "withdrawn",
        LetterTrigger.Reveal => "revealed",
        LetterTrigger.Erase => "erased",
        LetterTrigger.Recount => "recounted",
        LetterTrigger.AllowPublishing => "publishing-allowed",
        LetterTrigger.ForbidPublishing => "publishing-forbidden",
        LetterTrigger.ProposeCopy => "copy-proposed",
        LetterTrigger.ReleaseCopy => "copy-released",
        LetterTrigger.ReturnCopy => "copy-returned",
        LetterTrigger.WithdrawCopy => "copy-withdrawn",
        _ => throw new InvalidOperationException($"The trail has no word for {trigger}."),
    };

    /// <summary>Who did a step that no member of the staff did.</summary>
    public static LetterParty Doer(LetterTrigger trigger) =>
        trigger is LetterTrigger.Erase or LetterTrigger.Recount or LetterTrigger.Close ? LetterParty.Platform : LetterParty.Writer;
}
