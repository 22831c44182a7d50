using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Requests.ListRequests;
using Portal.Shared.Actors;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Requests;

/// <summary>The requests' entry in the console's navigation.</summary>
internal sealed class RequestMenu(
    DisclosureDbContext db, ISites sites, RequestCalendars calendars, ISettings settings, TimeProvider clock, IStringLocalizer<RequestText> text)
    : IConsoleMenu
{
    public async Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        var mine = RequestScope.SitesOf(actor, sites);
        if (mine.Count == 0)
        {
            return [];
        }

        var sets = new RequestSets(calendars, settings, actor.Id, BeijingTime.Date(clock.GetUtcNow()));
        var counts = await sets.CountAsync(db.Requests.AsNoTracking().Where(row => mine.Contains(row.SiteId)), mine, cancellationToken);
        return
        [
            new(
                ConsoleGroup.Disclosure, 40, "/console/requests", text["List.Title"], Permission.HandleRequests,
                counts[RequestSet.Mine], counts[RequestSet.Late] > 0),
        ];
    }
}

/// <summary>What of the requests is due, near due or late, for the console's first page.</summary>
internal sealed class RequestCards(
    DisclosureDbContext db, ISites sites, RequestCalendars calendars, ISettings settings, TimeProvider clock, IStringLocalizer<RequestText> text)
    : ITodayCards
{
    private const int Lines = 6;

    public int Order => 30;

    public async Task<IReadOnlyList<TodayCard>> CardsAsync(Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        var mine = RequestScope.SitesOf(actor, sites);
        if (mine.Count == 0)
        {
            return [];
        }

        var today = BeijingTime.Date(clock.GetUtcNow());
        var sets = new RequestSets(calendars, settings, actor.Id, today);
        var within = db.Requests.AsNoTracking().Where(row => mine.Contains(row.SiteId));
        List<TodayCard> cards = [];
        foreach (var set in new[] { RequestSet.Late, RequestSet.Near })
        {
            var rows = await sets.Of(set, within, mine).OrderBy(row => row.DueOn).ThenBy(row => row.Id).Take(Lines)
                .Select(row => new { row.Id, row.Number, row.Title, row.DueOn, row.SiteId }).ToListAsync(cancellationToken);
            cards.Add(new TodayCard(
                text["Today." + set],
                [
                    .. rows.Select(row => new TodayLine(
                        Masking.InText(row.Title), $"/console/requests/{row.Id}",
                        set == RequestSet.Late
                            ? text["Due.Late"]
                            : text["Due.Left", calendars.Of(row.SiteId).CountWorkdays(today, row.DueOn!.Value)])),
                ],
                "/console/requests?set=" + set, text["Today." + set + ".None"]));
        }

        var waiting = await sets.Of(actor.Has(Permission.DecideRequests) ? RequestSet.Decisions : RequestSet.Mine, within, mine)
            .OrderBy(row => row.SubmittedAt).ThenBy(row => row.Id).Take(Lines)
            .Select(row => new { row.Id, row.Title, row.State }).ToListAsync(cancellationToken);
        cards.Add(new TodayCard(
            text["Today.Waiting"],
            [.. waiting.Select(row => new TodayLine(Masking.InText(row.Title), $"/console/requests/{row.Id}", text["State." + row.State]))],
            "/console/requests?set=" + (actor.Has(Permission.DecideRequests) ? RequestSet.Decisions : RequestSet.Mine),
            text["Today.Waiting.None"]));
        return cards;
    }
}
