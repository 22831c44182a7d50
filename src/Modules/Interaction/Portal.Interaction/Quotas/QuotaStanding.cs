namespace Portal.Interaction.Quotas;

/// <summary>Where a site stands with a quota; worked out, never stored.</summary>
public enum QuotaStage
{
    /// <summary>已完成</summary>
    Met,

    /// <summary>进度正常</summary>
    OnPace,

    /// <summary>进度偏慢: fewer than an even pace asks for. The early warning.</summary>
    Behind,

    /// <summary>进度严重滞后: the next but one is late already.</summary>
    FarBehind,

    /// <summary>未完成: the year is over.</summary>
    Missed,
}

/// <summary>A site and a quota in a year.</summary>
/// <param name="Activity">What is counted.</param>
/// <param name="Year">The year.</param>
/// <param name="Required">Times a year.</param>
/// <param name="Done">Times until now.</param>
/// <param name="Stage">What to think of it.</param>
/// <param name="NextBy">The day by which the next one keeps the pace; null when the quota is met or the year is over.</param>
/// <param name="Source">The rule.</param>
public sealed record QuotaStanding(
    QuotaActivity Activity, int Year, int Required, int Done, QuotaStage Stage, DateOnly? NextBy, string Source)
{
    internal static QuotaStanding Of(Quota quota, int required, int year, int done, DateOnly today)
    {
        var end = new DateOnly(year, 12, 31);
        if (done >= required)
        {
            return new(quota.Activity, year, required, done, QuotaStage.Met, null, quota.Source);
        }

        if (today > end)
        {
            return new(quota.Activity, year, required, done, QuotaStage.Missed, null, quota.Source);
        }

        var next = DueOf(quota, required, year, done + 1);
        return new(quota.Activity, year, required, done, StageOf(quota, required, year, done, today), next, quota.Source);
    }

    private static QuotaStage StageOf(Quota quota, int required, int year, int done, DateOnly today) =>
        today <= DueOf(quota, required, year, done + 1) ? QuotaStage.OnPace
        : done + 2 <= required && today > DueOf(quota, required, year, done + 2) ? QuotaStage.FarBehind
        : QuotaStage.Behind;

    // The n-th of N when n/N of the year are over, less what is kept in reserve.
    private static DateOnly DueOf(Quota quota, int required, int year, int number) =>
        new DateOnly(year, 1, 1).AddDays((new DateOnly(year, 12, 31).DayOfYear - quota.ReserveDays) * number / required - 1);
}
