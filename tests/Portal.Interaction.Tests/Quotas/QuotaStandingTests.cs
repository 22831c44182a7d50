using Portal.Interaction.Quotas;

namespace Portal.Interaction.Tests.Quotas;

/// <summary>S-07, S-08: so many times a year, and a warning before it is too late.</summary>
public sealed class QuotaStandingTests
{
    private static readonly Quota Line = QuotaLines.Of(QuotaActivity.Interview, 2026)!;

    [Theory]
    [InlineData(3, 0, "2026-04-11", QuotaStage.OnPace)]
    [InlineData(3, 0, "2026-04-12", QuotaStage.Behind)]
    [InlineData(3, 1, "2026-04-12", QuotaStage.OnPace)]
    [InlineData(3, 2, "2026-11-01", QuotaStage.OnPace)]
    [InlineData(3, 2, "2026-11-02", QuotaStage.Behind)]
    [InlineData(3, 3, "2026-11-02", QuotaStage.Met)]
    [InlineData(3, 2, "2026-12-31", QuotaStage.Behind)]
    [InlineData(3, 2, "2027-01-01", QuotaStage.Missed)]
    [InlineData(6, 0, "2026-02-19", QuotaStage.OnPace)]
    [InlineData(6, 0, "2026-02-20", QuotaStage.Behind)]
    [InlineData(6, 0, "2026-04-11", QuotaStage.Behind)]
    [InlineData(6, 0, "2026-04-13", QuotaStage.FarBehind)]
    [InlineData(6, 0, "2026-11-24", QuotaStage.FarBehind)]
    [InlineData(6, 5, "2026-11-24", QuotaStage.Behind)]
    [InlineData(6, 7, "2027-02-20", QuotaStage.Met)]
    public void The_pace_is_even_and_the_last_falls_before_the_end_of_the_year(int required, int done, string today, QuotaStage expected) =>
        Assert.Equal(expected, QuotaStanding.Of(Line, required, 2026, done, DateOnly.Parse(today, null)).Stage);

    [Fact]
    public void Every_further_one_puts_the_next_day_off_and_never_beyond_the_reserve()
    {
        for (var required = 1; required <= 12; required++)
        {
            var days = Enumerable.Range(0, required)
                .Select(done => QuotaStanding.Of(Line, required, 2028, done, new DateOnly(2028, 1, 1)).NextBy!.Value).ToList();
            Assert.Equal(days.Order().Distinct(), days);
            Assert.Equal(new DateOnly(2028, 12, 31).AddDays(-Line.ReserveDays), days[^1]);
        }
    }

    [Fact]
    public void Before_there_was_a_rule_there_is_no_quota() => Assert.Null(QuotaLines.Of(QuotaActivity.Interview, 2014));
}
