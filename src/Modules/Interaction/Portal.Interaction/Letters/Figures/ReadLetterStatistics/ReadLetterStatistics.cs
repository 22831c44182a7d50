using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters.Figures.ReadLetterStatistics;

/// <summary>The figures of a site's mailboxes in a year (G-31 有关统计数据): what came, what became of it, how long it took.</summary>
public sealed record ReadLetterStatistics(int? Year) : IRequest<Outcome<LetterStatistics>>, IPublicRequest;

/// <summary>The figures of a year.</summary>
/// <param name="Year">The year in which the letters came.</param>
/// <param name="Years">Years of which there are figures, the newest first.</param>
/// <param name="Lines">By month, unit and kind.</param>
/// <param name="Late">Letters that are late today, by unit.</param>
/// <param name="AsOf">The day of the figures.</param>
public sealed record LetterStatistics(
    int Year, IReadOnlyList<int> Years, IReadOnlyList<StatisticsLine> Lines, IReadOnlyDictionary<string, int> Late, DateOnly AsOf)
{
    /// <summary>All of it.</summary>
    public StatisticsLine Total => StatisticsLine.Sum(Lines);

    /// <summary>Letters that are late today.</summary>
    public int AllLate => Late.Values.Sum();
}

/// <summary>Figures of letters that came in a month.</summary>
public sealed record StatisticsLine(
    int Month, string Unit, LetterKind Kind, int Received, int Accepted, int NotAccepted, int Answered, int OnTime, int Workdays, int Rated, int Satisfied)
{
    /// <summary>Of the answered; null when there is none.</summary>
    public decimal? OnTimeRate => Answered == 0 ? null : 100m * OnTime / Answered;

    /// <summary>Working days to an answer.</summary>
    public decimal? AverageWorkdays => Answered == 0 ? null : (decimal)Workdays / Answered;

    /// <summary>Of the rated: 满意 and 非常满意.</summary>
    public decimal? SatisfiedRate => Rated == 0 ? null : 100m * Satisfied / Rated;

    /// <summary>Adds lines up; month, unit and kind are those of the first.</summary>
    public static StatisticsLine Sum(IEnumerable<StatisticsLine> lines) => lines.Aggregate(
        new StatisticsLine(0, "", default, 0, 0, 0, 0, 0, 0, 0, 0),
        (sum, line) => new StatisticsLine(
            line.Month, line.Unit, line.Kind, sum.Received + line.Received, sum.Accepted + line.Accepted, sum.NotAccepted + line.NotAccepted,
            sum.Answered + line.Answered, sum.OnTime + line.OnTime, sum.Workdays + line.Workdays, sum.Rated + line.Rated, sum.Satisfied + line.Satisfied));
}

internal sealed class ReadLetterStatisticsHandler(InteractionDbContext db, ICurrentSite current, ISites sites, TimeProvider clock)
    : IRequestHandler<ReadLetterStatistics, Outcome<LetterStatistics>>
{
    public async Task<Outcome<LetterStatistics>> Handle(ReadLetterStatistics request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site)
        {
            return Failure.NotFound;
        }

        var today = BeijingTime.Date(clock.GetUtcNow());
        var year = request.Year is { } asked && asked <= today.Year ? asked : today.Year;
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 1));
        var rows = await db.Database.SqlQuery<FigureRow>(
            $"""
            select month, unit_site_id, kind, sum(received)::int received, sum(accepted)::int accepted, sum(not_accepted)::int not_accepted,
              sum(answered)::int answered, sum(on_time)::int on_time, sum(workdays)::int workdays, sum(rated)::int rated, sum(satisfied)::int satisfied
            from (
              select site_id, month, unit_site_id, kind, received, accepted, not_accepted, answered, on_time, workdays, rated, satisfied
              from interaction.letter_counts where site_id = {site.Id} and month between {first} and {last}
              union all
              select site_id, month, unit_site_id, kind, received, accepted, not_accepted, answered, on_time, workdays, rated, satisfied
              from interaction.letter_count_changes where site_id = {site.Id} and month between {first} and {last}) f
            group by month, unit_site_id, kind
            """).ToListAsync(cancellationToken);
        var late = await db.Letters.AsNoTracking().Where(row => row.SiteId == site.Id && row.DueOn < today)
            .GroupBy(row => row.LeadSiteId).Select(group => new { Unit = group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        var years = await db.Database.SqlQuery<int>(
            $"""
            select y as "Value" from generate_series(2000, {today.Year}) y where y = {today.Year} or exists (
              select from interaction.letter_counts c where c.site_id = {site.Id} and c.month between make_date(y, 1, 1) and make_date(y, 12, 1))
            order by y desc
            """).ToListAsync(cancellationToken);
        return new LetterStatistics(
            year, years,
            [
                .. rows.Where(row => row.Received > 0).Select(row => new StatisticsLine(
                    row.Month.Month, NameOf(row.UnitSiteId), Enum.Parse<LetterKind>(row.Kind), row.Received, row.Accepted, row.NotAccepted, row.Answered,
                    row.OnTime, row.Workdays, row.Rated, row.Satisfied))
                    .OrderBy(line => line.Month).ThenBy(line => line.Unit, StringComparer.Ordinal).ThenBy(line => line.Kind),
            ],
            late.GroupBy(row => NameOf(row.Unit ?? site.Id)).ToDictionary(group => group.Key, group => group.Sum(row => row.Count)),
            today);
    }

    private string NameOf(Guid unit) => sites.ById(unit)?.OrganisationName ?? "";

    private sealed record FigureRow(
        DateOnly Month, Guid UnitSiteId, string Kind, int Received, int Accepted, int NotAccepted, int Answered, int OnTime, int Workdays, int Rated,
        int Satisfied);
}
