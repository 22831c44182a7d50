using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.Consultations;

/// <summary>The entry in the console's navigation.</summary>
internal sealed class ConsultationMenu(
    InteractionDbContext db, ConsultationScope scope, IStringLocalizer<ConsultationDeskText> text, TimeProvider clock) : IConsoleMenu
{
    public async Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        if (!actor.Has(Permission.ManageConsultations))
        {
            return [];
        }

        var counts = await new ConsultationSets(db, scope.Reach(actor), clock.Today(), actor.Id).CountAsync(cancellationToken);
        return
        [
            new(
                ConsoleGroup.Interaction, 30, "/console/consultations", text["List.Title"], Permission.ManageConsultations,
                counts[ConsultationSet.Ended], counts[ConsultationSet.Late] > 0),
        ];
    }
}

/// <summary>Results that are owed and opinions that nobody has read, for the console's first page.</summary>
internal sealed class ConsultationCards(
    InteractionDbContext db, ConsultationScope scope, IStringLocalizer<ConsultationDeskText> text, TimeProvider clock) : ITodayCards
{
    private const int Lines = 6;

    public int Order => 50;

    public async Task<IReadOnlyList<TodayCard>> CardsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        if (!actor.Has(Permission.ManageConsultations))
        {
            return [];
        }

        var today = clock.Today();
        var sets = new ConsultationSets(db, scope.Reach(actor), today, actor.Id);
        var owed = await sets.Of(ConsultationSet.Ended).OrderBy(row => row.ReportDueOn).ThenBy(row => row.Id).Take(Lines)
            .Select(row => new { row.Id, row.Title, row.ReportDueOn }).ToListAsync(cancellationToken);
        var waiting = await sets.Of(ConsultationSet.Active)
            .Select(row => new
            {
                row.Id,
                row.Title,
                Count = db.Opinions.Count(opinion => opinion.ConsultationId == row.Id && opinion.State == OpinionState.Waiting),
            })
            .Where(row => row.Count > 0).OrderByDescending(row => row.Count).ThenBy(row => row.Id).Take(Lines).ToListAsync(cancellationToken);
        return
        [
            new(
                text["Today.Owed"],
                [
                    .. owed.Select(row => new TodayLine(
                        row.Title, $"/console/consultations/{row.Id}",
                        row.ReportDueOn < today ? text["Today.Late"] : text["Today.Left", row.ReportDueOn!.Value.DayNumber - today.DayNumber])),
                ],
                "/console/consultations?set=" + ConsultationSet.Ended, text["Today.Owed.None"]),
            new(
                text["Today.Waiting"],
                [.. waiting.Select(row => new TodayLine(row.Title, $"/console/consultations/{row.Id}/opinions", text["Column.Waiting", row.Count]))],
                "/console/consultations?set=" + ConsultationSet.Active, text["Today.Waiting.None"]),
        ];
    }
}

/// <summary>The ways to consultations on channels of 互动交流.</summary>
internal sealed class ConsultationEntries(IStringLocalizer<OpinionText> text) : IChannelEntries
{
    public IReadOnlyList<NavigationEntry> Of(string channelType) =>
        channelType == "Interaction" ? [new("consultations", text["Browse.Title"])] : [];
}
