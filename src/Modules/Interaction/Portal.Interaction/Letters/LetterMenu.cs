using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Letters.Templates;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.Letters;

/// <summary>The letters' entries in the console's navigation.</summary>
internal sealed class LetterMenu(
    LetterSetsOf setsOf, IStringLocalizer<DeskText> text, IStringLocalizer<ReplyTemplateText> templates) : IConsoleMenu
{
    public async Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        List<ConsoleMenuItem> items = [];
        if (setsOf.For(actor) is { } own)
        {
            var counts = await own.Sets.CountAsync(cancellationToken);
            var waiting = counts[LetterSet.New] + counts[LetterSet.ToDispatch] + counts[LetterSet.Mine] + counts[LetterSet.Head];
            items.Add(new(
                ConsoleGroup.Interaction, 10, "/console/letters", text["List.Title"],
                actor.Has(Permission.ScreenLetters) ? Permission.ScreenLetters : Permission.HandleLetters,
                waiting, counts[LetterSet.Late] > 0));
        }

        if (site is not null && TemplateDesk.May(actor, site))
        {
            items.Add(new(
                ConsoleGroup.Interaction, 15, "/console/reply-templates", templates["List.Title"],
                actor.Has(Permission.ScreenLetters) ? Permission.ScreenLetters
                    : actor.Has(Permission.HandleLetters) ? Permission.HandleLetters : Permission.DecideLetters));
        }

        if (site is not null && actor.Can(Permission.ManageSite, site))
        {
            items.Add(new(ConsoleGroup.Interaction, 20, "/console/mailboxes", text["Mailboxes.Title"], Permission.ManageSite));
        }

        return items;
    }
}

/// <summary>What of the letters waits, is near due or late, for the console's first page.</summary>
internal sealed class LetterCards(
    LetterSetsOf setsOf, LetterCalendars calendars, IStringLocalizer<DeskText> text, IStringLocalizer<LetterText> names) : ITodayCards
{
    private const int Lines = 6;

    public int Order => 40;

    public async Task<IReadOnlyList<TodayCard>> CardsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        if (setsOf.For(actor) is not { } own)
        {
            return [];
        }

        var (sets, _, today) = own;
        List<TodayCard> cards = [];
        foreach (var set in (LetterSet[])[LetterSet.Late, LetterSet.Near])
        {
            var rows = await sets.Of(set).OrderBy(row => row.DueOn).ThenBy(row => row.Id).Take(Lines)
                .Select(row => new { row.Id, row.Subject, row.DueOn, row.SiteId }).ToListAsync(cancellationToken);
            cards.Add(Card(set, rows.Select(row => new TodayLine(
                row.Subject, $"/console/letters/{row.Id}",
                set == LetterSet.Late ? text["Due.Late"] : text["Due.Left", calendars.Of(row.SiteId).CountWorkdays(today, row.DueOn!.Value)]))));
        }

        var waits = sets.Shown.Contains(LetterSet.Head) ? LetterSet.Head : sets.First;
        var waiting = await sets.Of(waits).OrderBy(row => row.SubmittedAt).ThenBy(row => row.Id).Take(Lines)
            .Select(row => new { row.Id, row.Subject, row.State }).ToListAsync(cancellationToken);
        cards.Add(Card(waits, waiting.Select(row => new TodayLine(row.Subject, $"/console/letters/{row.Id}", names["State." + row.State]))));
        return cards;
    }

    private TodayCard Card(LetterSet set, IEnumerable<TodayLine> lines) =>
        new(text["Today", text["Set." + set].Value], [.. lines], "/console/letters?set=" + set, text["List.Empty." + set]);
}
