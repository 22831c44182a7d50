using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Contracts;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Commands;
using Portal.Shared.Decisions;
using Portal.Shared.Messaging;

namespace Portal.Disclosure.Openness;

/// <summary>
/// The demo's time limits, there before the first fact is delivered, and the reasons that were given for what was late.
/// </summary>
internal sealed class DemoOpenness(DisclosureDbContext db, OpennessItems items, ISender sender, TimeProvider clock) : IDemoSeed
{
    private const int Most = 1_000;
    private const int ChunkSize = 100;
    private static readonly string[] Types = ["policy", "notice", "article"];

    public int Order => 135;

    public async Task SeedAsync(Portal.Shared.Commands.Demo demo, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(demo.Folder, "openness-reasons.json"));
        var given = (await JsonSerializer.DeserializeAsync<List<DemoReason>>(file, MessageJson.Options, cancellationToken))!;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var documents = await sender.Send(new ListPublishedDocuments(Types, Guid.Empty, Most), cancellationToken);
        foreach (var chunk in documents.Chunk(ChunkSize))
        {
            await items.RenewAsync(chunk, cancellationToken);
        }

        await items.RenewEntriesAsync(
            await db.Entries.Where(entry => entry.DocumentId == null).Select(entry => entry.Id).ToListAsync(cancellationToken),
            cancellationToken);
        var added = await ExplainAsync(given, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        demo.Report($"Disclosure: {added} reasons for late publications");
    }

    private async Task<int> ExplainAsync(IReadOnlyList<DemoReason> given, CancellationToken cancellationToken)
    {
        var people = (await sender.Send(new FindStaff([.. given.Select(one => one.By).Distinct()]), cancellationToken))
            .ToDictionary(person => person.UserName);
        var added = 0;
        foreach (var one in given)
        {
            var item = await db.OpennessItems.SingleOrDefaultAsync(
                row => row.Title == one.Title && row.Kind == one.Kind && row.DoneAt >= row.DueAt, cancellationToken);
            if (item is null || await db.OpennessReasons.AnyAsync(row => row.ItemId == item.Id, cancellationToken))
            {
                continue;
            }

            var person = people[one.By];
            var (soon, now) = (item.DoneAt!.Value.AddMinutes(40), clock.GetUtcNow());
            var at = soon < now ? soon : now;
            db.OpennessReasons.Add(new OpennessReason
            {
                Id = Guid.CreateVersion7(at),
                SiteId = item.SiteId,
                ItemId = item.Id,
                Reason = one.Reason,
                PersonId = person.Id,
                PersonName = person.Name,
                Unit = person.Unit,
                At = at,
            });
            db.Record(Decision.By(
                new Actor(person.Id, person.Name, person.Unit, []), at, "disclosure.openness.explained", item.SiteId, "openness",
                item.Id.ToString(), item.Title, one.Reason, null, [
                    ("kind", item.Kind.ToString()),
                    ("dueAt", item.DueAt.ToString("O")),
                    ("doneAt", item.DoneAt.Value.ToString("O")),
                ]));
            added++;
        }

        return added;
    }

    private sealed record DemoReason(string Title, OpennessKind Kind, string By, string Reason);
}
