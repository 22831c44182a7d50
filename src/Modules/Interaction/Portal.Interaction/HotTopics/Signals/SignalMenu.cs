using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics.Signals;

/// <summary>The entry of signals in the console's navigation.</summary>
internal sealed class SignalMenu(InteractionDbContext db, SignalScope scope, IStringLocalizer<SignalText> text) : IConsoleMenu
{
    public async Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        var reach = scope.ReachOf(actor);
        return reach.Length == 0
            ? []
            :
            [
                new(
                    ConsoleGroup.Interaction, 66, "/console/hot-topics/signals", text["List.Title"], Permission.ManageHotTopics,
                    await db.Signals.CountAsync(row => reach.Contains(row.SiteId) && row.State == SignalState.Open, cancellationToken)),
            ];
    }
}

/// <summary>The newest signals that nobody has judged, for the console's first page.</summary>
internal sealed class SignalCards(InteractionDbContext db, SignalScope scope, IStringLocalizer<SignalText> text) : ITodayCards
{
    private const int Lines = 6;

    public int Order => 66;

    public async Task<IReadOnlyList<TodayCard>> CardsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        var reach = scope.ReachOf(actor);
        if (reach.Length == 0)
        {
            return [];
        }

        var rows = await db.Signals.AsNoTracking().Where(row => reach.Contains(row.SiteId) && row.State == SignalState.Open)
            .OrderByDescending(row => row.NoticedAt).ThenByDescending(row => row.Id).Take(Lines)
            .Select(row => new { row.Id, row.Title, row.Source }).ToListAsync(cancellationToken);
        return
        [
            new TodayCard(
                text["Today.Title"],
                [.. rows.Select(row => new TodayLine(row.Title, $"/console/hot-topics/signals/{row.Id}", text["Source." + row.Source]))],
                "/console/hot-topics/signals", text["List.Empty.Open"]),
        ];
    }
}
