using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.AnnualReports;

/// <summary>The annual reports' entry in the console's navigation.</summary>
internal sealed class ReportMenu(IStringLocalizer<ReportText> text) : IConsoleMenu
{
    public Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ConsoleMenuItem>>(
            [new(ConsoleGroup.Disclosure, 50, "/console/annual-reports", text["List.Title"], Permission.HandleRequests)]);
}

/// <summary>Reports that are late or near due, for the console's first page.</summary>
internal sealed class ReportCards(
    DisclosureDbContext db, ISites sites, TimeProvider clock, IStringLocalizer<ReportText> text) : ITodayCards
{
    private const int Lines = 6;

    public int Order => 35;

    public async Task<IReadOnlyList<TodayCard>> CardsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        var mine = actor.SitesWith(Permission.HandleRequests, sites.All).Where(one => one.Kind != SiteKind.Subsite).ToList();
        if (mine.Count == 0)
        {
            return [];
        }

        var today = BeijingTime.Date(clock.GetUtcNow());
        var year = today.Year - 1;
        List<Guid> ids = [.. mine.Select(one => one.Id)];
        var done = await db.AnnualReports.AsNoTracking()
            .Where(row => row.Year == year && row.PublishedId != null && ids.Contains(row.SiteId))
            .Select(row => row.SiteId).ToListAsync(cancellationToken);
        var open = mine.Where(one => !done.Contains(one.Id))
            .Select(one => (Site: one, Due: ReportDue.Of(one, year)))
            .Select(row => (row.Site, row.Due, Timing: ReportDue.TimingOf(row.Due, year, null, today)))
            .Where(row => row.Timing is ReportTiming.Late or ReportTiming.Near)
            .OrderBy(row => row.Due).Take(Lines).ToList();
        return
        [
            new TodayCard(
                text["Today"],
                [
                    .. open.Select(row => new TodayLine(
                        text["Today.Line", row.Site.OrganisationName, year], $"/console/annual-reports?year={year}",
                        text["Today." + row.Timing, row.Due.ToString("O", System.Globalization.CultureInfo.InvariantCulture)])),
                ],
                "/console/annual-reports", text["Today.None"]),
        ];
    }
}
