using Portal.Publishing.Documents;

namespace Portal.Publishing.Demo;

/// <summary>Believable times for the way of a document to its publication: begun the day before, reviewed on the day.</summary>
internal sealed record ReviewTimes(
    DateTimeOffset Started, DateTimeOffset Submitted, DateTimeOffset First, DateTimeOffset Second, DateTimeOffset Released)
{
    public static ReviewTimes Before(DateTimeOffset release)
    {
        // Two documents of one minute need not be reviewed in one minute.
        var minutes = release.UtcTicks / TimeSpan.TicksPerMinute % 23;
        var second = release.AddMinutes(-20 - minutes);
        var first = second.AddMinutes(-45 - minutes);
        var submitted = first.AddHours(-17).AddMinutes(-minutes);
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
