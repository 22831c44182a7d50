using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Openness;

/// <summary>The time limits' entries in the console's navigation.</summary>
internal sealed class OpennessMenu(IStringLocalizer<OpennessText> text) : IConsoleMenu
{
    public Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ConsoleMenuItem>>(
        [
            new(ConsoleGroup.Disclosure, 20, "/console/disclosure/openness", text["List.Title"], Permission.UseConsole),
            new(
                ConsoleGroup.Disclosure, 25, "/console/disclosure/openness?kind=Interpretation", text["Menu.Interpretation"],
                Permission.UseConsole),
        ]);
}

/// <summary>What is late and what is near due, for the console's first page.</summary>
internal sealed class OpennessCards(
    DisclosureDbContext db, OpennessClock clock, ISites sites, TimeProvider time, IStringLocalizer<OpennessText> text) : ITodayCards
{
    private const int Lines = 6;

    public int Order => 25;

    public async Task<IReadOnlyList<TodayCard>> CardsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        List<Guid> mine =
        [
            .. actor.SitesWith(Permission.WriteDocuments, sites.All)
                .Union(actor.SitesWith(Permission.ManageDisclosure, sites.All)).Select(one => one.Id),
        ];
        if (mine.Count == 0)
        {
            return [];
        }

        var now = time.GetUtcNow();
        var until = clock.NearUntil(mine, now);
        var rows = await db.OpennessItems.AsNoTracking()
            .Where(item => mine.Contains(item.SiteId) && item.DoneAt == null && item.DueAt <= until)
            .OrderBy(item => item.DueAt).ThenBy(item => item.Id).Take(Lines)
            .Select(item => new { item.Id, item.Title, item.Kind, item.DueAt })
            .ToListAsync(cancellationToken);
        return
        [
            new TodayCard(
                text["Today"],
                [
                    .. rows.Select(row => new TodayLine(
                        row.Title, $"/console/disclosure/openness/{row.Id}",
                        text[
                            row.DueAt <= now ? "Today.Late" : "Today.Near", text["Kind." + row.Kind].Value,
                            row.Kind == OpennessKind.Livelihood ? BeijingTime.Minute(row.DueAt) : BeijingTime.Day(row.DueAt.AddDays(-1))])),
                ],
                "/console/disclosure/openness?set=" + OpennessSet.Late,
                text["Today.None"]),
        ];
    }
}
