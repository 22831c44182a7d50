using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Contracts;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Commands;
using Portal.Shared.Decisions;
using Portal.Shared.Messaging;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Interpretations;

/// <summary>The interpretation plans of the demo's policies, by the last part of their address.</summary>
internal sealed class DemoPlans(DisclosureDbContext db, ISender sender, ISites sites) : IDemoSeed
{
    private const int Most = 500;

    public int Order => 120;

    public async Task SeedAsync(Portal.Shared.Commands.Demo demo, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(demo.Folder, "interpretation-plans.json"));
        var planned = (await JsonSerializer.DeserializeAsync<List<DemoPlan>>(file, MessageJson.Options, cancellationToken))!
            .ToDictionary(plan => plan.Policy);
        var ids = await sender.Send(new ListPublishedDocuments(["policy"], Guid.Empty, Most), cancellationToken);
        var policies = await sender.Send(new GetPublishedDocuments(ids), cancellationToken);
        var known = await db.InterpretationPlans.Select(plan => plan.DocumentId).Distinct().ToListAsync(cancellationToken);
        var people = (await sender.Send(
                new FindStaff([.. planned.Values.Select(plan => plan.By).Distinct()]), cancellationToken))
            .ToDictionary(person => person.UserName);
        var added = 0;
        foreach (var policy in policies.Where(policy => !known.Contains(policy.Id) && sites.ById(policy.SiteId) is not null))
        {
            if (planned.TryGetValue(policy.Path[(policy.Path.LastIndexOf('/') + 1)..], out var plan))
            {
                Add(policy, plan, people[plan.By]);
                added++;
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        demo.Report($"Disclosure: {added} interpretation plans");
    }

    // Written while the policy was: two days before it came out.
    private void Add(PublishedDocument policy, DemoPlan plan, StaffSummary person)
    {
        var at = policy.PublishedAt.AddDays(-2);
        db.InterpretationPlans.Add(new InterpretationPlan
        {
            Id = Guid.CreateVersion7(at),
            SiteId = policy.SiteId,
            DocumentId = policy.Id,
            Number = 1,
            IsNeeded = plan.Reason is null,
            Reason = plan.Reason,
            Forms = [.. plan.Forms],
            Outline = plan.Outline,
            Unit = plan.Reason is null ? person.Unit : "",
            Person = plan.Reason is null ? person.Name : "",
            Channel = plan.Channel,
            PlannedAt = plan.Reason is null ? policy.PublishedAt : null,
            WrittenBy = person.Id,
            WrittenByName = person.Name,
            WrittenByUnit = person.Unit,
            WrittenAt = at,
        });
        db.Record(Decision.By(
            new Actor(person.Id, person.Name, person.Unit, []), at, "disclosure.interpretation.planned", policy.SiteId,
            "document", policy.Id.ToString(), policy.Title, plan.Reason, policy.ContentHash, [
                ("number", "1"),
                ("needed", plan.Reason is null ? "yes" : "no"),
                ("forms", string.Join(',', plan.Forms)),
            ]));
    }

    private sealed record DemoPlan
    {
        public required string Policy { get; init; }

        public required string By { get; init; }

        public string? Reason { get; init; }

        public IReadOnlyList<string> Forms { get; init; } = [];

        public string Outline { get; init; } = "";

        public string Channel { get; init; } = "";
    }
}
