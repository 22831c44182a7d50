using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Publishing.Reviews;

/// <summary>The reviews' part of the console's navigation.</summary>
internal sealed class ReviewMenu(PublishingDbContext db, WaitingEditions editions, IStringLocalizer<ReviewText> text)
    : IConsoleMenu
{
    public async Task<IReadOnlyList<ConsoleMenuItem>> ItemsAsync(
        Actor actor, SiteInfo? site, CancellationToken cancellationToken)
    {
        var looks =
            from publication in db.EmergencyPublications
            join row in editions.Within(actor, Permission.Release) on publication.EditionId equals row.Edition.Id
            where !db.SecondLooks.Any(look => look.EmergencyPublicationId == publication.Id)
            select row.Edition.Id;
        // Both counts in one query: the navigation is on every page.
        var counts = await editions.For(actor).Select(row => new { Looks = false, row.Edition.Id })
            .Concat(looks.Select(id => new { Looks = true, Id = id }))
            .GroupBy(row => row.Looks)
            .Select(group => new { Looks = group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken);
        List<ConsoleMenuItem> items =
        [
            new(ConsoleGroup.Publishing, 40, "/console/schedule", text["Schedule.Title"], Permission.UseConsole),
            new(
                ConsoleGroup.Publishing, 50, "/console/emergency-publications", text["Emergencies.Title"],
                Permission.UseConsole, counts.Find(row => row.Looks)?.Count),
        ];
        if (actor.Has(Permission.FirstReview) || actor.Has(Permission.SecondReview) || actor.Has(Permission.Release))
        {
            items.Add(new ConsoleMenuItem(
                ConsoleGroup.Work, 20, "/console/reviews", text["Queue.Title"], Permission.UseConsole,
                counts.Find(row => !row.Looks)?.Count ?? 0));
        }

        return items;
    }
}
