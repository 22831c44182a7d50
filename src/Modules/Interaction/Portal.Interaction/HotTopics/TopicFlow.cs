namespace Portal.Interaction.HotTopics;

/// <summary>Where a topic is. Late is no state: it is worked out.</summary>
public enum TopicState
{
    /// <summary>待研判</summary>
    Registered,

    /// <summary>已研判</summary>
    Assessed,

    /// <summary>已交办</summary>
    Assigned,

    /// <summary>办理中</summary>
    Handling,

    /// <summary>已回应</summary>
    Responded,

    /// <summary>已评估</summary>
    Evaluated,

    /// <summary>已办结</summary>
    Closed,

    /// <summary>已并入</summary>
    Merged,
}

/// <summary>What may happen to a topic.</summary>
public enum TopicTrigger
{
    Register,

    /// <summary>It was noticed elsewhere too.</summary>
    Join,

    /// <summary>撤销来源: it was added by mistake.</summary>
    Retract,

    /// <summary>研判</summary>
    Assess,

    /// <summary>交办, and to another unit instead 改派.</summary>
    Assign,

    /// <summary>退回: the unit holds that another is responsible.</summary>
    Return,

    /// <summary>接收办理</summary>
    TakeOn,

    /// <summary>催办</summary>
    Urge,

    /// <summary>关联已公开的文件</summary>
    Link,

    /// <summary>确认关联: a second person says that the document answers the topic.</summary>
    Confirm,

    /// <summary>取消关联</summary>
    Unlink,

    /// <summary>送三审</summary>
    Submit,

    /// <summary>Everything that is asked for is public.</summary>
    Respond,

    /// <summary>What answered it was withdrawn.</summary>
    Reopen,

    /// <summary>效果评估</summary>
    Evaluate,

    /// <summary>办结</summary>
    Close,

    /// <summary>重新办理: somebody holds that what was closed is not done with.</summary>
    Resume,

    /// <summary>并入另一热点</summary>
    Merge,

    /// <summary>Another topic was merged into it.</summary>
    Absorb,
}

/// <summary>Who may bring a step about.</summary>
[Flags]
public enum TopicParty
{
    None = 0,

    /// <summary>舆情专员 of the site that keeps the topic.</summary>
    Desk = 1,

    /// <summary>舆情专员 of the responsible unit.</summary>
    Unit = 2,

    /// <summary>The platform.</summary>
    Platform = 4,
}

/// <summary>A line of the table.</summary>
/// <param name="Trigger">What happens.</param>
/// <param name="From">In which states it may.</param>
/// <param name="To">The state after it; null: the same.</param>
/// <param name="Who">Who may.</param>
internal sealed record TopicFlowLine(TopicTrigger Trigger, IReadOnlyList<TopicState> From, TopicState? To, TopicParty Who);

/// <summary>States × triggers × who may: the one table that the handlers, the buttons and the tests read.</summary>
internal static class TopicFlow
{
    /// <summary>The states in which a response may still be owed.</summary>
    public static IReadOnlyList<TopicState> Open { get; } =
        [TopicState.Registered, TopicState.Assessed, TopicState.Assigned, TopicState.Handling];

    /// <summary>The states in which the unit has it.</summary>
    public static IReadOnlyList<TopicState> WithUnit { get; } = [TopicState.Assigned, TopicState.Handling];

    /// <summary>The states in which nothing is to be done any more.</summary>
    public static IReadOnlyList<TopicState> Ended { get; } = [TopicState.Closed, TopicState.Merged];

    // What is public is added to and corrected later, too: authorities go on informing.
    private static readonly IReadOnlyList<TopicState> Answering = [TopicState.Handling, TopicState.Responded, TopicState.Evaluated];

    public static IReadOnlyList<TopicFlowLine> Lines { get; } =
    [
        new(TopicTrigger.Join, Open, null, TopicParty.Desk | TopicParty.Platform),
        new(TopicTrigger.Retract, Open, null, TopicParty.Desk),
        new(TopicTrigger.Assess, [TopicState.Registered, TopicState.Assessed], TopicState.Assessed, TopicParty.Desk),
        // Graver or less grave than it seemed: the unit keeps it, the clocks are read anew.
        new(TopicTrigger.Assess, WithUnit, null, TopicParty.Desk),
        new(TopicTrigger.Assign, [TopicState.Assessed, .. WithUnit], TopicState.Assigned, TopicParty.Desk),
        new(TopicTrigger.Return, WithUnit, TopicState.Assessed, TopicParty.Unit),
        new(TopicTrigger.TakeOn, [TopicState.Assigned], TopicState.Handling, TopicParty.Unit),
        new(TopicTrigger.Urge, WithUnit, null, TopicParty.Desk),
        new(TopicTrigger.Link, Answering, null, TopicParty.Desk | TopicParty.Unit),
        new(TopicTrigger.Confirm, Answering, null, TopicParty.Desk | TopicParty.Unit),
        // What is wrong before the public is taken back whenever it is found.
        new(TopicTrigger.Unlink, [.. Answering, TopicState.Closed], null, TopicParty.Desk | TopicParty.Unit),
        new(TopicTrigger.Submit, Answering, null, TopicParty.Desk | TopicParty.Unit),
        new(TopicTrigger.Respond, [TopicState.Handling], TopicState.Responded, TopicParty.Platform),
        new(TopicTrigger.Reopen, [TopicState.Responded, TopicState.Evaluated, TopicState.Closed], TopicState.Handling, TopicParty.Platform),
        new(TopicTrigger.Evaluate, [TopicState.Responded], TopicState.Evaluated, TopicParty.Desk),
        new(TopicTrigger.Close, [TopicState.Assessed, TopicState.Evaluated], TopicState.Closed, TopicParty.Desk),
        // What owes no response goes back to its assessment.
        new(TopicTrigger.Resume, [TopicState.Closed], TopicState.Responded, TopicParty.Desk | TopicParty.Unit),
        new(TopicTrigger.Merge, Open, TopicState.Merged, TopicParty.Desk),
        new(TopicTrigger.Absorb, Open, null, TopicParty.Platform),
    ];

    /// <summary>The line for a trigger in a state; null when there is none.</summary>
    public static TopicFlowLine? Find(TopicState state, TopicTrigger trigger) =>
        Lines.FirstOrDefault(line => line.Trigger == trigger && line.From.Contains(state));

    /// <summary>May somebody of these parties do it?</summary>
    public static bool Allows(this TopicFlowLine line, TopicParty parties) => (line.Who & parties) != TopicParty.None;

    /// <summary>What the trail calls a step.</summary>
    public static string ActOf(TopicTrigger trigger) => trigger switch
    {
        TopicTrigger.Register => "registered",
        TopicTrigger.Join => "joined",
        TopicTrigger.Retract => "source-retracted",
        TopicTrigger.Assess => "assessed",
        TopicTrigger.Assign => "assigned",
        TopicTrigger.Return => "returned",
        TopicTrigger.TakeOn => "taken-on",
        TopicTrigger.Urge => "urged",
        TopicTrigger.Link => "linked",
        TopicTrigger.Confirm => "link-confirmed",
        TopicTrigger.Unlink => "unlinked",
        TopicTrigger.Submit => "submitted",
        TopicTrigger.Respond => "responded",
        TopicTrigger.Reopen => "reopened",
        TopicTrigger.Evaluate => "evaluated",
        TopicTrigger.Close => "closed",
        TopicTrigger.Resume => "resumed",
        TopicTrigger.Merge => "merged",
        TopicTrigger.Absorb => "absorbed",
        _ => throw new InvalidOperationException($"The trail has no word for {trigger}."),
    };
}
