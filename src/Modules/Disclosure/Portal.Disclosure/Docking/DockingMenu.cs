using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Docking;

/// <summary>The docking's part of the console's navigation: how many records wait in quarantine.</summary>
internal sealed class DockingMenu(DisclosureDbContext db, SourceScope scope, IStringLocalizer<DockingText> text) : IConsoleMenu
{
    public async Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(
        Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        if (!actor.Has(Permission.ManageSites))
        {
            return [];
        }

        var waiting = await db.DockingQuarantine.CountAsync(
            item => item.DecidedAt == null && scope.MineOf(actor).Any(source => source.Id == item.SourceId), cancellationToken);
        return
        [
            new(ConsoleGroup.Disclosure, 40, "/console/docking", text["List.Title"], Permission.ManageSites, waiting > 0 ? waiting : null),
        ];
    }
}

/// <summary>What needs somebody: a unit that is silent, one that a guard holds, records in quarantine.</summary>
internal sealed class DockingCards(
    SourceScope scope, ISettings settings, TimeProvider clock, IStringLocalizer<DockingText> text) : ITodayCards
{
    public int Order => 30;

    public async Task<IReadOnlyList<TodayCard>> CardsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        if (!actor.Has(Permission.ManageSites))
        {
            return [];
        }

        var now = clock.GetUtcNow();
        var sources = await scope.MineOf(actor).AsNoTracking().OrderBy(source => source.Name).ToListAsync(cancellationToken);
        List<TodayLine> lines = [];
        foreach (var source in sources)
        {
            if (source.State == SourceState.Held)
            {
                lines.Add(new TodayLine(source.Name, $"/console/docking/{source.Id}", text["State.Held"]));
            }
            else if (source.SilentDays(now) is { } days && days >= settings.For<DisclosureSettings>(source.SiteId).DockingSilentDays)
            {
                lines.Add(new TodayLine(source.Name, $"/console/docking/{source.Id}", text["Silent.Days", days]));
            }
        }

        return lines.Count == 0 ? [] : [new TodayCard(text["Today.Title"], lines, "/console/docking", "")];
    }
}

internal static class Silence
{
    /// <summary>Whole days since an active unit was last heard of; null for one that need not be.</summary>
    public static int? SilentDays(this DockedSource source, DateTimeOffset now) =>
        source.State == SourceState.Active && source.Mode != SourceMode.Reader
            ? (int)(now - (source.LastContactAt ?? source.CreatedAt)).TotalDays
            : null;
}
