using Portal.Publishing.Documents;

namespace Portal.Publishing.Demo;

/// <summary>The stages that the demo's data files name.</summary>
internal static class DemoStages
{
    private static readonly Step First = new(ReviewStage.First, "firstReviewer", "first-reviewed", EditionState.AwaitingSecondReview);
    private static readonly Step Second = new(ReviewStage.Second, "secondReviewer", "second-reviewed", EditionState.AwaitingRelease);
    private static readonly Step Released = new(ReviewStage.Release, "releaser", "released", EditionState.AwaitingRelease);

    /// <summary>The approvals that are behind a document at a stage.</summary>
    public static IReadOnlyList<Step> StepsTo(string stage) => stage switch
    {
        "draft" or "submitted" or "returned" or "emergency" => [],
        "firstApproved" => [First],
        "secondApproved" => [First, Second],
        "scheduled" or "live" or "withdrawn" => [First, Second, Released],
        _ => throw new InvalidOperationException($"The demo knows no stage {stage}."),
    };

    /// <summary>The step that a person's part in the chain stands for.</summary>
    public static Step StepOf(string part) => part switch
    {
        "firstReviewer" => First,
        "secondReviewer" => Second,
        "releaser" => Released,
        _ => throw new InvalidOperationException($"The demo knows no part {part}."),
    };

    internal sealed record Step(ReviewStage Stage, string Part, string Action, EditionState Next);
}
