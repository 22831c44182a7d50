using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Contracts;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Commands;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Publishing.Demo;

/// <summary>
/// What other modules composed for the demo and submitted goes on like any other document: three reviews by three people as
/// rows, then the publication transaction.
/// </summary>
internal sealed class DemoComposed(PublishingDbContext db, ISites sites, ISender sender, TimeProvider clock) : IDemoSeed
{
    public int Order => 320;

    public async Task SeedAsync(Portal.Shared.Commands.Demo demo, CancellationToken cancellationToken)
    {
        var planned = await DemoJson.ReadAsync<List<Planned>>(demo.Folder, "composed.json", cancellationToken);
        var people = (await sender.Send(new FindStaff([.. planned.SelectMany(one => one.Chain.Values).Distinct()]), cancellationToken))
            .ToDictionary(person => person.UserName);
        var released = 0;
        foreach (var one in planned)
        {
            if (sites.ByKey(one.Site) is { } site
                && await db.Editions.SingleOrDefaultAsync(
                    row => row.SiteId == site.Id && row.Slug == one.Slug && row.State == EditionState.AwaitingFirstReview,
                    cancellationToken) is { } edition)
            {
                await ReleaseAsync(one, edition, people, cancellationToken);
                released++;
            }
        }

        demo.Report($"Publishing: {released} composed documents");
    }

    private async Task ReleaseAsync(
        Planned planned, Edition edition, Dictionary<string, StaffSummary> people, CancellationToken cancellationToken)
    {
        var times = ReviewTimes.Before(planned.ReleasedOn(clock.GetUtcNow()));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var step in DemoStages.StepsTo("live"))
        {
            var (person, at, opinion) = (people[planned.Chain[step.Part]], times.Of(step.Stage), planned.Opinions[step.Part]);
            db.Reviews.Add(new Review
            {
                Id = Guid.CreateVersion7(at),
                SiteId = edition.SiteId,
                EditionId = edition.Id,
                ContentHash = edition.ContentHash,
                Stage = step.Stage,
                Decision = ReviewDecision.Approved,
                PersonId = person.Id,
                PersonName = person.Name,
                Unit = person.Unit,
                Opinion = opinion,
                SecrecyChecked = step.Stage == ReviewStage.First,
                At = at,
            });
            edition.State = step.Next;
            db.Record(EditionDecisions.Of(
                step.Action, edition, new Actor(person.Id, person.Name, person.Unit, []), at, opinion,
                EditionDecisions.FactsOf(step.Stage, ReviewDecision.Approved, secrecyChecked: true)));
            await db.SaveChangesAsync(cancellationToken);
        }

        var publisher = new Publisher(db, sites, new ReleaseTime(times.Released));
        await publisher.LockAsync(edition.DocumentId, cancellationToken);
        await publisher.GoLiveAsync(edition, people[planned.Chain["releaser"]].Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private sealed class ReleaseTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    /// <param name="Site">Key of the site.</param>
    /// <param name="Slug">Of the document.</param>
    /// <param name="ReleasedAt">When; else it is counted from today.</param>
    /// <param name="Ago">Days since.</param>
    /// <param name="Chain">Who reviewed.</param>
    /// <param name="Opinions">What they said.</param>
    private sealed record Planned(
        string Site, string Slug, DateTimeOffset? ReleasedAt, int Ago, IReadOnlyDictionary<string, string> Chain,
        IReadOnlyDictionary<string, string> Opinions)
    {
        public DateTimeOffset ReleasedOn(DateTimeOffset now) =>
            ReleasedAt ?? BeijingTime.StartOf(BeijingTime.Date(now).AddDays(-Ago)).AddHours(9).AddMinutes(30);
    }
}
