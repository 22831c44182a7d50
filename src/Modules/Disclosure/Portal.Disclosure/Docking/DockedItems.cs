using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Docking;

/// <summary>What became of an item.</summary>
internal sealed record ItemOutcome(ReadItem Read, ItemResult Result, IReadOnlyList<FieldError> Errors);

/// <summary>
/// Brings records of a source into the directory, however they came: by push, by pull or to mend a difference. Call inside
/// a transaction after <see cref="LockAsync"/>; the caller saves. Applying the same again, or in another order, leads to
/// the same directory.
/// </summary>
internal sealed class DockedItems(
    DisclosureDbContext db, DirectoryWriter writer, ISites sites, TimeProvider clock, IStringLocalizer<DockingText> text)
{
    /// <summary>
    /// Holds the source until the transaction ends, so that two batches of one source are applied one after the other, and
    /// then the head of its directory. Answers the source as it is now.
    /// </summary>
    public async Task<DockedSource> LockAsync(Guid sourceId, CancellationToken cancellationToken)
    {
        var source = await db.DockedSources
            .FromSql($"select * from disclosure.docked_sources where id = {sourceId} for update")
            .SingleAsync(cancellationToken);
        await db.Entry(source).ReloadAsync(cancellationToken);
        await writer.LockAsync([source.DirectoryId], cancellationToken);
        return source;
    }

    public async Task<IReadOnlyList<ItemOutcome>> ApplyAsync(
        DockedSource source, IReadOnlyList<ReadItem> items, CancellationToken cancellationToken)
    {
        await sites.EnsureLoadedAsync(cancellationToken);
        var site = sites.ById(source.SiteId)
            ?? throw new InvalidOperationException($"The site of the docked unit {source.Key} is not there.");
        await writer.PrepareAsync([site], cancellationToken);
        var numbers = items.Select(item => item.IndexNumber).OfType<string>().Distinct().ToList();
        var known = new Known(
            await db.DockedRecords.Where(record => record.SourceId == source.Id && numbers.Contains(record.IndexNumber))
                .ToDictionaryAsync(record => record.IndexNumber, cancellationToken),
            await db.Entries.Where(entry => numbers.Contains(entry.IndexNumber))
                .ToDictionaryAsync(entry => entry.IndexNumber, cancellationToken),
            await db.DockingQuarantine
                .Where(item => item.SourceId == source.Id && item.DecidedAt == null && numbers.Contains(item.IndexNumber))
                .ToDictionaryAsync(item => item.IndexNumber, cancellationToken));
        List<ItemOutcome> outcomes = [];
        HashSet<string> touched = new(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item is { Errors.Count: 0, IndexNumber: { } number } && !touched.Add(number))
            {
                await SettleAsync(cancellationToken);
                touched.Clear();
                touched.Add(number);
            }

            outcomes.Add(item.Errors.Count > 0
                ? new ItemOutcome(item, ItemResult.Rejected, item.Errors)
                : await ApplyAsync(source, site, item, known, cancellationToken));
        }

        return outcomes;
    }

    /// <summary>Puts the content of a quarantined item in the place of the entry that has its number.</summary>
    public Task ReplaceAsync(
        DockedSource source, DirectoryEntry entry, DockingItem item, Guid actorId, CancellationToken cancellationToken) =>
        writer.UpdateAsync(entry, DraftOf(source, sites.ById(entry.SiteId)!, item, entry), actorId, cancellationToken);

    // An entry that changes a second time in one batch has its lists rewritten: the first ones must be in the table by then.
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        foreach (var row in db.ChangeTracker.Entries()
            .Where(row => row.Entity is DirectoryListing or EntryRelation or DirectoryChange).ToList())
        {
            row.State = EntityState.Detached;
        }
    }

    private async Task<ItemOutcome> ApplyAsync(
        DockedSource source, SiteInfo site, ReadItem read, Known known, CancellationToken cancellationToken)
    {
        var (item, number) = (read.Item, read.IndexNumber!);
        var record = known.Records.GetValueOrDefault(number);
        if (record is not null)
        {
            if (item.Version < record.Version)
            {
                return new ItemOutcome(read, ItemResult.Stale, [new FieldError("version", text["Item.Stale", record.Version])]);
            }

            if (item.Version == record.Version)
            {
                return item.ContentHash != record.ContentHash
                    ? new ItemOutcome(read, ItemResult.Rejected, [new FieldError("version", text["Item.SameVersion", record.Version])])
                    : new ItemOutcome(read, record.State == RecordState.Applied ? ItemResult.Unchanged : ItemResult.Quarantined, []);
            }
        }

        var entry = known.Entries.GetValueOrDefault(number);
        if (entry is not null && record?.EntryId != entry.Id)
        {
            return Quarantine(source, read, known, record, entry);
        }

        var result = item.Kind == DockingItem.Tombstone ? ItemResult.Withdrawn
            : entry is null ? ItemResult.Added
            : ItemResult.Updated;
        if (entry is not null)
        {
            await writer.UpdateAsync(entry, DraftOf(source, site, item, entry), null, cancellationToken);
        }
        else if (item.Kind == DockingItem.Upsert)
        {
            entry = await writer.AddAsync(DraftOf(source, site, item, null), null, cancellationToken);
            known.Entries.Add(number, entry);
        }

        Note(source, read, known, record, entry?.Id, RecordState.Applied);
        return new ItemOutcome(read, result, []);
    }

    private ItemOutcome Quarantine(
        DockedSource source, ReadItem read, Known known, DockedRecord? record, DirectoryEntry entry)
    {
        var number = read.IndexNumber!;
        // What a person has decided holds for later versions too: the number is not this source's.
        var state = record is { State: RecordState.Yielded } ? RecordState.Yielded : RecordState.Quarantined;
        if (state == RecordState.Quarantined)
        {
            if (known.Waiting.TryGetValue(number, out var waiting))
            {
                waiting.Item = read.Item;
                waiting.At = clock.GetUtcNow();
            }
            else
            {
                waiting = new QuarantinedItem
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    SourceId = source.Id,
                    IndexNumber = number,
                    EntryId = entry.Id,
                    Item = read.Item,
                    At = clock.GetUtcNow(),
                };
                db.DockingQuarantine.Add(waiting);
                known.Waiting.Add(number, waiting);
            }
        }

        Note(source, read, known, record, null, state);
        return new ItemOutcome(
            read, ItemResult.Quarantined,
            [new FieldError("indexNumber", text[state == RecordState.Yielded ? "Item.Yielded" : "Item.Taken", entry.OrganisationName, entry.Title])]);
    }

    private void Note(
        DockedSource source, ReadItem read, Known known, DockedRecord? record, Guid? entryId, RecordState state)
    {
        if (record is null)
        {
            record = new DockedRecord
            {
                SourceId = source.Id,
                IndexNumber = read.IndexNumber!,
                ContentHash = read.Item.ContentHash!,
            };
            db.DockedRecords.Add(record);
            known.Records.Add(record.IndexNumber, record);
        }

        record.EntryId = entryId;
        record.Version = read.Item.Version!.Value;
        record.ContentHash = read.Item.ContentHash!;
        record.State = state;
        record.Withdrawn = read.Item.Kind == DockingItem.Tombstone;
        record.ReceivedAt = clock.GetUtcNow();
    }

    private static EntryDraft DraftOf(DockedSource source, SiteInfo site, DockingItem item, DirectoryEntry? entry)
    {
        var listed = item.Kind == DockingItem.Upsert;
        return new EntryDraft
        {
            Site = site,
            Origin = EntryOrigin.Docked,
            SourceKey = source.Key,
            // A record that is withdrawn keeps the facts that it had; its text goes.
            Metadata = listed ? item.Metadata! : entry!.Metadata,
            CodeVersions = listed ? item.CodeVersions ?? new(StringComparer.Ordinal) : entry!.CodeVersions,
            PublishedAt = listed ? item.PublishedAt!.Value : entry!.PublishedAt,
            IndexNumber = item.IndexNumber,
            Body = listed ? item.Body : null,
            State = listed ? EntryState.Listed : EntryState.Withdrawn,
            Reason = item.Reason,
        };
    }

    /// <summary>What there is under the numbers of a batch; it grows while the batch is applied.</summary>
    private sealed record Known(
        Dictionary<string, DockedRecord> Records,
        Dictionary<string, DirectoryEntry> Entries,
        Dictionary<string, QuarantinedItem> Waiting);
}
