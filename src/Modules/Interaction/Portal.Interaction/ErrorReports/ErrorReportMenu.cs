using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.ErrorReports;

/// <summary>The entry of error reports in the console's navigation.</summary>
internal sealed class ErrorReportMenu(ErrorSetsOf setsOf, IStringLocalizer<ErrorDeskText> text) : IConsoleMenu
{
    public async Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        if (setsOf.For(actor) is not { } sets)
        {
            return [];
        }

        var counts = await sets.CountAsync(cancellationToken);
        return
        [
            new(
                ConsoleGroup.Interaction, 60, "/console/error-reports", text["List.Title"], Permission.HandleErrorReports,
                counts[ErrorSet.ToForward] + counts[ErrorSet.ToHandle], counts[ErrorSet.Late] > 0),
        ];
    }
}

/// <summary>What of the error reports waits or is late, for the console's first page.</summary>
internal sealed class ErrorReportCards(
    ErrorSetsOf setsOf, IStringLocalizer<ErrorDeskText> text, IStringLocalizer<ErrorReportText> names) : ITodayCards
{
    private const int Lines = 6;

    public int Order => 60;

    public async Task<IReadOnlyList<TodayCard>> CardsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        if (setsOf.For(actor) is not { } sets)
        {
            return [];
        }

        List<TodayCard> cards = [];
        foreach (var set in (ErrorSet[])[ErrorSet.Late, ErrorSet.ToForward, ErrorSet.ToHandle])
        {
            var rows = await sets.Of(set).OrderBy(row => row.DueOn).ThenBy(row => row.Id).Take(Lines)
                .Select(row => new { row.Id, row.Kind, row.Page, row.PageTitle, row.State }).ToListAsync(cancellationToken);
            cards.Add(new TodayCard(
                text["Today", text["Set." + set].Value],
                [
                    .. rows.Select(row => new TodayLine(
                        text["Subject", names["Kind." + row.Kind].Value, row.PageTitle.Length > 0 ? row.PageTitle : row.Page],
                        $"/console/error-reports/{row.Id}", names["State." + row.State])),
                ],
                "/console/error-reports?set=" + set, text["List.Empty." + set]));
        }

        return cards;
    }
}
