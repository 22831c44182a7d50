using Microsoft.Extensions.Localization;
using Portal.Disclosure.Proposals.ListProposals;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Proposals;

/// <summary>The reviews of entered information in the console's navigation.</summary>
internal sealed class ProposalMenu(IStringLocalizer<ProposalText> text) : IConsoleMenu
{
    public Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ConsoleMenuItem>>(
            [new(ConsoleGroup.Disclosure, 12, "/console/disclosure/proposals", text["List.Title"], Permission.UseConsole)]);
}

/// <summary>What waits for the person's review, for the console's first page.</summary>
internal sealed class ProposalCards(WaitingProposals waiting, IStringLocalizer<ProposalText> text) : ITodayCards
{
    private const int Lines = 6;

    public int Order => 24;

    public async Task<IReadOnlyList<TodayCard>> CardsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        var lines = await waiting.ForAsync(actor, Lines, cancellationToken);
        return lines.Count == 0 ? [] :
        [
            new TodayCard(
                text["List.Waiting"],
                [
                    .. lines.Select(line => new TodayLine(
                        line.Title, $"/console/disclosure/proposals/{line.Id}", text["State." + line.State])),
                ],
                "/console/disclosure/proposals", text["List.Waiting.None"]),
        ];
    }
}
