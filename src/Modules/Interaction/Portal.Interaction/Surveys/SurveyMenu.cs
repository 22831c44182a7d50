using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Surveys.ListSurveys;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.Surveys;

/// <summary>The surveys' entry in the console's navigation.</summary>
internal sealed class SurveyMenu(InteractionDbContext db, ISites sites, IStringLocalizer<SurveyDeskText> text, TimeProvider clock) : IConsoleMenu
{
    public async Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        if (!actor.Has(Permission.ManageSurveys))
        {
            return [];
        }

        var today = BeijingTime.Date(clock.GetUtcNow());
        var ends = await db.Surveys.OfSites(actor, sites).In(SurveySet.Owed, today).Select(row => row.ClosesOn).ToListAsync(cancellationToken);
        return
        [
            new(
                ConsoleGroup.Interaction, 40, "/console/surveys", text["List.Title"], Permission.ManageSurveys, ends.Count,
                ends.Exists(end => today > SurveyFlow.ResultDue(end))),
        ];
    }
}

/// <summary>Results that are owed, for the console's first page.</summary>
internal sealed class SurveyCards(InteractionDbContext db, ISites sites, IStringLocalizer<SurveyDeskText> text, TimeProvider clock) : ITodayCards
{
    private const int Lines = 6;

    public int Order => 44;

    public async Task<IReadOnlyList<TodayCard>> CardsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        if (!actor.Has(Permission.ManageSurveys))
        {
            return [];
        }

        var today = BeijingTime.Date(clock.GetUtcNow());
        var rows = await db.Surveys.AsNoTracking().OfSites(actor, sites).In(SurveySet.Owed, today)
            .OrderBy(row => row.ClosesOn).ThenBy(row => row.Id).Take(Lines)
            .Select(row => new { row.Id, row.Title, row.ClosesOn }).ToListAsync(cancellationToken);
        return
        [
            new TodayCard(
                text["Today.Owed"],
                [
                    .. rows.Select(row => new TodayLine(
                        row.Title, $"/console/surveys/{row.Id}",
                        SurveyFlow.ResultDue(row.ClosesOn) is var due && today > due ? text["Due.Late"] : text["Today.Due", due.Month, due.Day])),
                ],
                "/console/surveys?set=Owed", text["Today.None"]),
        ];
    }
}

/// <summary>The way to the surveys on channels of 互动交流.</summary>
internal sealed class SurveyEntries(IStringLocalizer<SurveyText> text) : IChannelEntries
{
    public IReadOnlyList<NavigationEntry> Of(string channelType) =>
        channelType == "Interaction" ? [new("surveys", text["List.Title"])] : [];
}
