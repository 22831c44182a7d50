using Portal.Publishing.Documents;

namespace Portal.Publishing.Demo;

/// <summary>How far a document of the demo has come, in order.</summary>
internal enum DemoStage
{
    Draft,
    Returned,
    AwaitingFirstReview,
    AwaitingSecondReview,
    AwaitingRelease,
    Scheduled,
    Live,
}

internal static class DemoStages
{
    public static IReadOnlyList<Step> Steps { get; } =
    [
        new(DemoStage.AwaitingSecondReview, ReviewStage.First, "firstReviewer", "first-reviewed", EditionState.AwaitingSecondReview),
        new(DemoStage.AwaitingRelease, ReviewStage.Second, "secondReviewer", "second-reviewed", EditionState.AwaitingRelease),
        new(DemoStage.Scheduled, ReviewStage.Release, "releaser", "released", EditionState.AwaitingRelease),
    ];

    public static DemoStage Of(string stage) => Enum.Parse<DemoStage>(stage, ignoreCase: true);

    /// <summary>A review that is behind every document that has come as far as <paramref name="Reached"/>.</summary>
    internal sealed record Step(DemoStage Reached, ReviewStage Stage, string Part, string Action, EditionState Next);
}

/// <summary>Believable times for the way of a document to its publication: within office hours, the day before and the day.</summary>
internal sealed record ReviewTimes(
    DateTimeOffset Started, DateTimeOffset Submitted, DateTimeOffset First, DateTimeOffset Second, DateTimeOffset Released)
{
    public static ReviewTimes Before(DateTimeOffset release)
    {
        // Two documents of one minute need not be reviewed in one minute.
        var minutes = release.UtcTicks / TimeSpan.TicksPerMinute % 23;
        var second = release.AddMinutes(-20 - minutes);
        var first = second.AddMinutes(-95 - minutes);
        var submitted = first.AddHours(-18).AddMinutes(-minutes);
        return new(submitted.AddHours(-2).AddMinutes(-minutes), submitted, first, second, release);
    }

    public DateTimeOffset Of(ReviewStage stage) => stage switch
    {
        ReviewStage.First => First,
        ReviewStage.Second => Second,
        ReviewStage.Release => Released,
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };
}
