using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics;

/// <summary>The entry of hot topics in the console's navigation.</summary>
internal sealed class TopicMenu(TopicSetsOf setsOf, IStringLocalizer<TopicDeskText> text) : IConsoleMenu
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
                ConsoleGroup.Interaction, 65, "/console/hot-topics", text["List.Title"], Permission.ManageHotTopics,
                counts[TopicSet.ToAssess] + counts[TopicSet.ToHandle], counts[TopicSet.Late] > 0),
        ];
    }
}

/// <summary>
/// Notices to those concerned, on the console's first page: what is late or soon will be, what was given to a unit, what is
/// open again because its answer was withdrawn.
/// </summary>
internal sealed class TopicCards(TopicSetsOf setsOf, IStringLocalizer<TopicDeskText> text, IStringLocalizer<TopicText> names) : ITodayCards
{
    private const int Lines = 6;

    public int Order => 65;

    public async Task<IReadOnlyList<TodayCard>> CardsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        if (setsOf.For(actor) is not { } sets)
        {
            return [];
        }

        List<TodayCard> cards = [];
        TopicSet[] shown =
            [TopicSet.Late, TopicSet.Soon, TopicSet.Withdrawn, TopicSet.ToConfirm, TopicSet.ToHandle, TopicSet.ToAssess];
        foreach (var set in shown)
        {
            var rows = await sets.Of(set).OrderBy(row => row.StatementDueAt).ThenBy(row => row.Id).Take(Lines).ToListAsync(cancellationToken);
            // A notice is there when there is something to notice; the two work lists always are.
            if (rows.Count > 0 || set is TopicSet.ToHandle or TopicSet.ToAssess)
            {
                cards.Add(new TodayCard(
                    text["Today", text["Set." + set].Value],
                    [
                        .. rows.Select(row => new TodayLine(
                            row.Title, $"/console/hot-topics/{row.Id}",
                            TopicDue.Of(row, sets.Now, text)?.Words ?? names["State." + row.State])),
                    ],
                    "/console/hot-topics?set=" + set, text["List.Empty." + set]));
            }
        }

        return cards;
    }
}
