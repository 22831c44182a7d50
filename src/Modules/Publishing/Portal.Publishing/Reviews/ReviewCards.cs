using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Publishing.Reviews;

/// <summary>What of the reviews concerns a person today: waiting, sent, returned, scheduled, to be looked at again.</summary>
internal sealed class ReviewCards(
    PublishingDbContext db,
    WaitingEditions editions,
    ISites sites,
    ICalendars calendars,
    TimeProvider clock,
    IStringLocalizer<ReviewText> text,
    IStringLocalizer<PublishingText> names)
    : ITodayCards
{
    private const int Lines = 6;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(7);

    public int Order => 10;

    public async Task<IReadOnlyList<TodayCard>> CardsAsync(
        Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        List<TodayCard> cards = [];
        if (actor.Has(Permission.FirstReview) || actor.Has(Permission.SecondReview) || actor.Has(Permission.Release))
        {
            cards.Add(await WaitingAsync(actor, cancellationToken));
        }

        if (actor.Has(Permission.WriteDocuments))
        {
            cards.Add(await ReturnedAsync(actor, cancellationToken));
            cards.Add(await SentAsync(actor, cancellationToken));
        }

        cards.Add(await ScheduledAsync(actor, cancellationToken));
        if (actor.Has(Permission.Release))
        {
            cards.Add(await EmergenciesAsync(actor, cancellationToken));
        }

        return cards;
    }

    private async Task<TodayCard> WaitingAsync(Actor actor, CancellationToken cancellationToken)
    {
        var counts = await editions.For(actor)
            .GroupBy(row => new { row.Edition.SiteId, row.Edition.State })
            .Select(group => new
            {
                group.Key.SiteId,
                group.Key.State,
                Count = group.Count(),
                Since = group.Min(row => row.Edition.SubmittedAt ?? row.Edition.UpdatedAt),
            })
            .OrderBy(row => row.Since)
            .ToListAsync(cancellationToken);
        return new TodayCard(
            text["Today.Waiting"],
            [
                .. counts.Take(Lines).Select(row => new TodayLine(
                    text["Today.Waiting.Line", sites.ById(row.SiteId)?.Name ?? "", names["State." + row.State].Value],
                    $"/console/reviews?site={row.SiteId}&stage={ReviewEdition.ReviewEditionHandler.StageOf(row.State)}",
                    text["Today.Waiting.Note", row.Count, WaitedOf(row.SiteId, row.Since)])),
            ],
            "/console/reviews",
            text["Queue.Empty"]);
    }

    private string WaitedOf(Guid siteId, DateTimeOffset since)
    {
        var now = clock.GetUtcNow();
        return text.Waited(
            now - since, calendars.For(sites.ById(siteId)?.RegionCode ?? "").WorkdaysSince(since, now));
    }

    private async Task<TodayCard> ReturnedAsync(Actor actor, CancellationToken cancellationToken)
    {
        var rows = await db.Editions.AsNoTracking()
            .Where(row => row.State == EditionState.Returned && row.Contributors.Contains(actor.Id))
            .OrderByDescending(row => row.UpdatedAt)
            .Select(row => new
            {
                row.Id,
                row.Title,
                Opinion = db.Reviews
                    .Where(review => review.EditionId == row.Id && review.Decision == ReviewDecision.Returned)
                    .OrderByDescending(review => review.At).Select(review => review.Opinion).FirstOrDefault(),
            })
            .Take(Lines)
            .ToListAsync(cancellationToken);
        return new TodayCard(
            text["Today.Returned"],
            [.. rows.Select(row => new TodayLine(row.Title, $"/console/editions/{row.Id}", row.Opinion))],
            "/console/documents?mine=true&state=Returned",
            text["Today.Returned.None"]);
    }

    private async Task<TodayCard> SentAsync(Actor actor, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - Lately;
        var rows = await db.Editions.AsNoTracking()
            .Where(row => row.Contributors.Contains(actor.Id)
                && (EditionStates.Awaiting.Contains(row.State) || row.State == EditionState.Scheduled
                    || (row.State == EditionState.Live && row.PublishedAt > since)))
            .OrderByDescending(row => row.SubmittedAt)
            .Select(row => new { row.Id, row.Title, row.State })
            .Take(Lines)
            .ToListAsync(cancellationToken);
        return new TodayCard(
            text["Today.Sent"],
            [.. rows.Select(row => new TodayLine(row.Title, $"/console/editions/{row.Id}", names["State." + row.State]))],
            "/console/documents?mine=true",
            text["Today.Sent.None"]);
    }

    private async Task<TodayCard> ScheduledAsync(Actor actor, CancellationToken cancellationToken)
    {
        var rows = await editions.Within(actor, Permission.UseConsole)
            .Where(row => row.Edition.State == EditionState.Scheduled)
            .OrderBy(row => row.Edition.PublishAt)
            .Select(row => new { row.Edition.Id, row.Edition.Title, row.Edition.PublishAt })
            .Take(Lines)
            .ToListAsync(cancellationToken);
        return new TodayCard(
            text["Today.Scheduled"],
            [.. rows.Select(row => new TodayLine(
                row.Title, $"/console/editions/{row.Id}/reviews", BeijingTime.Minute(row.PublishAt!.Value)))],
            "/console/schedule",
            text["Today.Scheduled.None"]);
    }

    private async Task<TodayCard> EmergenciesAsync(Actor actor, CancellationToken cancellationToken)
    {
        var rows = await (
            from publication in db.EmergencyPublications
            join row in editions.Within(actor, Permission.Release) on publication.EditionId equals row.Edition.Id
            where !db.SecondLooks.Any(look => look.EmergencyPublicationId == publication.Id)
            orderby publication.At
            select new { row.Edition.Title, publication.PersonName, publication.At })
            .Take(Lines)
            .ToListAsync(cancellationToken);
        return new TodayCard(
            text["Today.Emergencies"],
            [.. rows.Select(row => new TodayLine(
                row.Title, "/console/emergency-publications",
                text["Today.Emergencies.Line", row.PersonName, BeijingTime.Minute(row.At)]))],
            "/console/emergency-publications",
            text["Emergencies.Empty"]);
    }
}
