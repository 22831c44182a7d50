using System.Security.Cryptography;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Directory.OverlayEntry;
using Portal.Disclosure.Docking;
using Portal.Host.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Commands;
using Portal.Shared.Decisions;
using Portal.Shared.Messaging;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Demo;

/// <summary>
/// The demo's docked city: a unit with a credential that nobody holds, a batch with a record that is not valid, one whose
/// number a document of the platform has, and one to which the province adds its own fields.
/// </summary>
internal sealed class DemoDocking(
    DisclosureDbContext db, DockingRuns runs, ItemReader reader, DirectoryWriter writer, ISender sender, ISites sites,
    TimeProvider clock) : IDemoSeed
{
    private const string File = "docking.json";

    public int Order => 130;

    public async Task SeedAsync(Portal.Shared.Commands.Demo demo, CancellationToken cancellationToken)
    {
        await sites.EnsureLoadedAsync(cancellationToken);
        await using var file = System.IO.File.OpenRead(Path.Combine(demo.Folder, File));
        using var planned = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
        var key = planned.RootElement.GetProperty("key").GetString()!;
        if (sites.ByKey(planned.RootElement.GetProperty("site").GetString()!) is not { } site
            || await db.DockedSources.AnyAsync(source => source.Key == key, cancellationToken))
        {
            return;
        }

        var source = await RegisterAsync(
            key, planned.RootElement.GetProperty("name").GetString()!, planned.RootElement.GetProperty("issuedBy").GetString()!, site,
            cancellationToken);
        List<ReadItem> items = [.. planned.RootElement.GetProperty("items").EnumerateArray().Select(reader.Read)];
        // The number of whatever document of the platform has the first one.
        if (await db.Entries.Where(entry => entry.Origin == EntryOrigin.Document).OrderBy(entry => entry.IndexNumber)
            .Select(entry => entry.IndexNumber).FirstOrDefaultAsync(cancellationToken) is { } taken)
        {
            var collision = planned.RootElement.GetProperty("collision").Deserialize<DockingItem>(MessageJson.Options)!;
            items.Add(reader.Check(collision with { IndexNumber = taken }, items.Count));
        }

        var outcome = await runs.ApplyAsync(
            source.Id,
            new Delivery { Kind = RunKind.Push, Items = items, IdempotencyKey = "demo", BodyHash = SignedRequests.EmptyHash },
            cancellationToken);
        await AddOverlayAsync(
            planned.RootElement.GetProperty("overlay").Deserialize<DemoOverlay>(MessageJson.Options)!, site, cancellationToken);
        demo.Report($"Disclosure: {outcome.Run?.Added ?? 0} entries of a docked city");
    }

    // 省级补充: what the province says of a city's record stands beside what the city sent.
    private async Task AddOverlayAsync(DemoOverlay planned, SiteInfo site, CancellationToken cancellationToken)
    {
        var person = (await sender.Send(new FindStaff([planned.By]), cancellationToken)).Single();
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await writer.LockAsync([sites.DirectoryOf(site)], cancellationToken);
        var entry = await db.Entries.SingleAsync(row => row.IndexNumber == planned.IndexNumber, cancellationToken);
        await writer.UpdateOverlayAsync(
            entry, site, OverlayEntryHandler.OverlayOf(planned.Values, now), person.Id, cancellationToken);
        // The writer has collected since the delivery.
        await writer.ClearListsAsync(cancellationToken);
        db.Record(Decision.By(
            new Actor(person.Id, person.Name, person.Unit, []), now, "disclosure.entry.overlaid", site.Id, "directory-entry",
            entry.Id.ToString(), entry.Title, planned.Reason, entry.ContentHash,
            [
                ("indexNumber", entry.IndexNumber),
                ("from", new EntryMetadata().ToJson()),
                ("to", planned.Values.ToJson()),
            ]));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private sealed record DemoOverlay(string IndexNumber, string By, string Reason, EntryMetadata Values);

    private async Task<DockedSource> RegisterAsync(
        string key, string name, string issuer, SiteInfo site, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var source = new DockedSource
        {
            Id = Guid.CreateVersion7(now),
            Key = key,
            Name = name,
            SiteId = site.Id,
            DirectoryId = sites.DirectoryOf(site),
            Mode = SourceMode.Push,
            State = SourceState.Active,
            CreatedAt = now,
        };
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        db.DockedSources.Add(source);
        db.DockingCredentials.Add(new DockingCredential
        {
            Id = Guid.CreateVersion7(now),
            SourceId = source.Id,
            KeyId = "dk-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            Direction = CredentialDirection.Write,
            DirectoryId = source.DirectoryId,
            PublicKey = pair.ExportSubjectPublicKeyInfo(),
            IssuedAt = now,
            IssuedBy = issuer,
            ExpiresAt = now.AddYears(1),
        });
        await db.SaveChangesAsync(cancellationToken);
        return source;
    }
}
