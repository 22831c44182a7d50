using System.Text.Json;

namespace Portal.Interaction.Surveys;

/// <summary>Where a survey is, as it is kept. Whether it is open, closed or late is worked out.</summary>
public enum SurveyState
{
    /// <summary>草稿</summary>
    Draft,

    /// <summary>公告审核中: the notice is before the three reviews, or came back from them.</summary>
    UnderReview,

    /// <summary>已发布: the notice is public; the days say whether it takes answers.</summary>
    Published,

    /// <summary>结果审核中</summary>
    ResultUnderReview,

    /// <summary>已公布结果</summary>
    Reported,

    /// <summary>已取消</summary>
    Cancelled,
}

/// <summary>Where a survey is on a day.</summary>
public enum SurveyStage
{
    Draft,
    UnderReview,

    /// <summary>即将开始</summary>
    Upcoming,

    /// <summary>进行中</summary>
    Open,

    /// <summary>已截止，结果待公布</summary>
    Closed,
    ResultUnderReview,
    Reported,
    Cancelled,
}

/// <summary>What may happen to a survey.</summary>
public enum SurveyTrigger
{
    /// <summary>Facts and questionnaire are changed.</summary>
    Edit,

    /// <summary>The questionnaire is frozen, and the notice laid before the reviews.</summary>
    Submit,

    /// <summary>What came back from the reviews is worked on again.</summary>
    Reopen,

    /// <summary>The notice became public.</summary>
    Publish,

    /// <summary>The notice was withdrawn.</summary>
    Withdraw,

    /// <summary>Codes are issued.</summary>
    IssueCodes,

    /// <summary>A notice of a later end is laid before the reviews.</summary>
    Extend,

    /// <summary>Cancelled before anybody saw it, or by a notice that is laid before the reviews.</summary>
    Cancel,

    /// <summary>Words of the answers are chosen for the public.</summary>
    ChooseWords,

    /// <summary>Figures and the statement of use are laid before the reviews.</summary>
    SubmitResult,

    /// <summary>The result became public.</summary>
    Report,

    /// <summary>The result was withdrawn.</summary>
    WithdrawResult,
}

/// <summary>Who brings a step about.</summary>
public enum SurveyParty
{
    /// <summary>互动编辑 of the survey's site.</summary>
    Editor,

    /// <summary>The three reviews, when what they released is public.</summary>
    Reviews,
}

/// <summary>A line of the table.</summary>
/// <param name="Trigger">What happens.</param>
/// <param name="From">In which stages it may.</param>
/// <param name="To">The state after it; null: the same.</param>
/// <param name="Who">Who may.</param>
internal sealed record SurveyStep(SurveyTrigger Trigger, IReadOnlyList<SurveyStage> From, SurveyState? To, SurveyParty Who);

/// <summary>States × triggers × who may: the one table that handlers, buttons and tests read.</summary>
internal static class SurveyFlow
{
    private static readonly SurveyStage[] Public = [SurveyStage.Upcoming, SurveyStage.Open, SurveyStage.Closed];

    public static IReadOnlyList<SurveyStep> Steps { get; } =
    [
        new(SurveyTrigger.Edit, [SurveyStage.Draft], null, SurveyParty.Editor),
        new(SurveyTrigger.Submit, [SurveyStage.Draft, SurveyStage.UnderReview], SurveyState.UnderReview, SurveyParty.Editor),
        new(SurveyTrigger.Reopen, [SurveyStage.UnderReview], SurveyState.Draft, SurveyParty.Editor),
        new(SurveyTrigger.IssueCodes, [SurveyStage.UnderReview, SurveyStage.Upcoming, SurveyStage.Open], null, SurveyParty.Editor),
        new(SurveyTrigger.Extend, [SurveyStage.Upcoming, SurveyStage.Open], null, SurveyParty.Editor),
        new(SurveyTrigger.Cancel, [SurveyStage.Draft, SurveyStage.UnderReview], SurveyState.Cancelled, SurveyParty.Editor),
        new(SurveyTrigger.Cancel, [SurveyStage.Upcoming, SurveyStage.Open], null, SurveyParty.Editor),
        new(SurveyTrigger.ChooseWords, [SurveyStage.Closed], null, SurveyParty.Editor),
        new(SurveyTrigger.SubmitResult, [SurveyStage.Closed, SurveyStage.ResultUnderReview], SurveyState.ResultUnderReview, SurveyParty.Editor),
        new(SurveyTrigger.Publish, [SurveyStage.UnderReview, .. Public], SurveyState.Published, SurveyParty.Reviews),
        new(SurveyTrigger.Withdraw, [.. Public, SurveyStage.ResultUnderReview], SurveyState.UnderReview, SurveyParty.Reviews),
        new(SurveyTrigger.Report, [SurveyStage.Closed, SurveyStage.ResultUnderReview], SurveyState.Reported, SurveyParty.Reviews),
        new(SurveyTrigger.WithdrawResult, [SurveyStage.Reported], SurveyState.Published, SurveyParty.Reviews),
    ];

    public static SurveyStep? Find(SurveyStage stage, SurveyTrigger trigger) =>
        Steps.FirstOrDefault(step => step.Trigger == trigger && step.From.Contains(stage));

    public static bool May(this SurveyStage stage, SurveyTrigger trigger) => Find(stage, trigger) is not null;

    /// <summary>The stage of a survey on a day.</summary>
    public static SurveyStage StageOf(SurveyState state, DateOnly opensOn, DateOnly closesOn, DateOnly today) => state switch
    {
        SurveyState.Draft => SurveyStage.Draft,
        SurveyState.UnderReview => SurveyStage.UnderReview,
        SurveyState.Published => today < opensOn ? SurveyStage.Upcoming : today <= closesOn ? SurveyStage.Open : SurveyStage.Closed,
        SurveyState.ResultUnderReview => SurveyStage.ResultUnderReview,
        SurveyState.Reported => SurveyStage.Reported,
        _ => SurveyStage.Cancelled,
    };

    public static SurveyStage StageOf(this Survey survey, DateOnly today) =>
        StageOf(survey.State, survey.OpensOn, survey.ClosesOn, today);

    /// <summary>The last day on which the result is in time (D34).</summary>
    public static DateOnly ResultDue(DateOnly closesOn) => closesOn.AddMonths(SurveyLimits.Of(closesOn).ResultMonths);

    /// <summary>Is the result owed and its last day over?</summary>
    public static bool IsLate(SurveyStage stage, DateOnly closesOn, DateOnly today) =>
        stage is SurveyStage.Closed or SurveyStage.ResultUnderReview && today > ResultDue(closesOn);

    public static string? Tone(SurveyStage stage) => stage switch
    {
        SurveyStage.Open => "green",
        SurveyStage.Upcoming or SurveyStage.UnderReview or SurveyStage.ResultUnderReview => "blue",
        SurveyStage.Closed => "amber",
        _ => null,
    };
}

/// <summary>How soon a result is owed, from a day on.</summary>
internal sealed record SurveyLimit(DateOnly From, int ResultMonths, string Source);

/// <summary>The time limits by day; a survey keeps those of the day on which it ends.</summary>
internal static class SurveyLimits
{
    public static IReadOnlyList<SurveyLimit> All { get; } = Load();

    public static SurveyLimit Of(DateOnly day) =>
        All.Where(line => line.From <= day).MaxBy(line => line.From) ?? All.MinBy(line => line.From)!;

    private static IReadOnlyList<SurveyLimit> Load()
    {
        using var file = typeof(SurveyLimits).Assembly.GetManifestResourceStream("Portal.Interaction.Surveys.survey-limits.json")!;
        return JsonSerializer.Deserialize<IReadOnlyList<SurveyLimit>>(file, SurveyJson.Options)!;
    }
}
