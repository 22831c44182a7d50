using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Directory;
using Portal.Shared.Messaging;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Docking;

/// <summary>What became of an item.</summary>
internal sealed record ItemOutcome(ReadItem Read, ItemResult Result, IReadOnlyList<FieldError> Errors)
{
    /// <summary>What its sender should look at although it went in.</summary>
    public IReadOnlyList<FieldError> Warnings { get; init; } = [];

    /// <summary>It looks like another record.</summary>
    public bool IsAlike { get; init; }
}

/// <summary>
/// Brings records of a source into the directory, however they came: by push, by pull or to mend a difference. Call inside
/// a transaction after <see cref="LockAsync"/>; the caller keeps it with <see cref="SaveAsync"/>. Applying the same again,
/// or in another order, leads to the same directory.
/// </summary>
internal sealed class DockedItems(
    DisclosureDbContext db, DirectoryWriter writer, LikeRecords likes, RelationReach reach, ISites sites, TimeProvider clock,
    IStringLocalizer<DockingText> text)
{
    /// <summary>
    /// Holds the source until the transaction ends, so that two batches of one source are applied one after the other, and
    /// then the head of its directory. Answers the source as it is now.
    /// </summary>
    public async Task<DockedSource> LockAsync(Guid sourceId, CancellationToken cancellationToken)
    {
        // One that this context has seen before may have moved on.
        if (db.DockedSources.Local.FindEntry(sourceId) is { } seen)
        {
            seen.State = EntityState.Detached;
        }

        var source = await db.DockedSources
            .FromSql($"select * from disclosure.docked_sources where id = {sourceId} for update")
            .SingleAsync(cancellationToken);
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
        writer.Collect();
        var known = await KnownAsync(source, site, items, cancellationToken);
        List<ItemOutcome> outcomes = [];
        HashSet<string> touched = new(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item is { Errors.Count: 0, IndexNumber: { } number } && !touched.Add(number))
            {
                // A record that changes a second time has its lists rewritten: the first ones must be in the table by then.
                await SaveAsync(cancellationToken);
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

    /// <summary>Makes an entry of a quarantined item after all: a person has found that it is a document of its own.</summary>
    public async Task<DirectoryEntry> AdmitAsync(
        DockedSource source, DockingItem item, Guid actorId, CancellationToken cancellationToken)
    {
        await sites.EnsureLoadedAsync(cancellationToken);
        return await writer.AddAsync(DraftOf(source, sites.ById(source.SiteId)!, item, null), actorId, cancellationToken);
    }

    /// <summary>
    /// Writes what was applied: the new rows of each table in one go, what has changed in one round trip.
    /// </summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        await writer.ClearListsAsync(cancellationToken);
        await BulkRows.InsertAsync<DirectoryEntry>(db, cancellationToken);
        await BulkRows.InsertAsync<DirectoryListing>(db, cancellationToken);
        await BulkRows.InsertAsync<EntryRelation>(db, cancellationToken);
        await BulkRows.InsertAsync<DirectoryChange>(db, cancellationToken);
        await BulkRows.InsertAsync<OutboxMessage>(db, cancellationToken);
        await BulkRows.InsertAsync<DockedRecord>(db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    // An entry is read only when the version may be a new one: of what is here already the record says enough.
    private async Task<Known> KnownAsync(
        DockedSource source, SiteInfo site, IReadOnlyList<ReadItem> items, CancellationToken cancellationToken)
    {
        var numbers = items.Select(item => item.IndexNumber).OfType<string>().Distinct().ToList();
        var records = await db.DockedRecords
            .Where(record => record.SourceId == source.Id && numbers.Contains(record.IndexNumber))
            .ToDictionaryAsync(record => record.IndexNumber, cancellationToken);
        var newer = items
            .Where(item => item is { Errors.Count: 0, IndexNumber: { } number }
                && (!records.TryGetValue(number, out var record) || item.Item.Version > record.Version || record.ContentHash.Length == 0))
            .Select(item => item.IndexNumber!).Distinct().ToList();
        var fresh = items
            .Where(item => item is { Errors.Count: 0, IndexNumber: { } number }
                && (!records.TryGetValue(number, out var record) || record.EntryId is null))
            .Select(item => item.Item);
        return new Known(
            records,
            await db.Entries.Where(entry => newer.Contains(entry.IndexNumber))
                .ToDictionaryAsync(entry => entry.IndexNumber, cancellationToken),
            await db.DockingQuarantine
                .Where(item => item.SourceId == source.Id && item.DecidedAt == null && newer.Contains(item.IndexNumber))
                .ToDictionaryAsync(item => item.IndexNumber, cancellationToken),
            await likes.OfAsync(source.DirectoryId, fresh, cancellationToken),
            await reach.LearnAsync(site, items.Select(item => item.Item.Metadata).OfType<EntryMetadata>(), cancellationToken));
    }

    // What was written in bulk is followed again when it changes once more.
    private T Follow<T>(T row)
        where T : class
    {
        if (db.Entry(row).State == EntityState.Detached)
        {
            db.Attach(row);
        }

        return row;
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

            if (item.Version == record.Version && record.ContentHash.Length > 0)
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

        var like = entry is null ? known.Likes.Find(item, number, source.Key) : null;
        if (like is not null && like.SourceKey != source.Key)
        {
            return Quarantine(source, read, known, record, like);
        }

        // Nothing is withdrawn by the tombstone of what never came; an older version will not come in any more.
        var unknown = entry is null && record is null && item.Kind == DockingItem.Tombstone;
        var result = unknown ? ItemResult.Unchanged
            : item.Kind == DockingItem.Tombstone ? ItemResult.Withdrawn
            : entry is null ? ItemResult.Added
            : ItemResult.Updated;
        if (entry is not null)
        {
            await writer.UpdateAsync(Follow(entry), DraftOf(source, site, item, entry), null, cancellationToken);
        }
        else if (item.Kind == DockingItem.Upsert)
        {
            entry = await writer.AddAsync(DraftOf(source, site, item, null), null, cancellationToken);
            known.Entries.Add(number, entry);
            known.Likes.Add(LikeOf(entry));
        }

        if (known.Waiting.Remove(number, out var settled))
        {
            // It no longer looks like another one, or is gone: nobody need decide.
            db.DockingQuarantine.Remove(settled);
        }

        Note(source, read, known, record, entry?.Id, RecordState.Applied);
        return new ItemOutcome(read, result, [])
        {
            IsAlike = like is not null,
            Warnings =
            [
                .. unknown ? new[] { new FieldError("indexNumber", text["Item.NeverSeen"]) }
                    : like is null ? []
                    : [new FieldError("metadata.title", text["Item.AlikeOwn", like.IndexNumber])],
                .. item.Kind == DockingItem.Upsert
                    ? known.Targets.WarningsOf(item.Metadata!).Select(warning => warning with { Field = "metadata." + warning.Field })
                    : [],
            ],
        };
    }

    private static LikeRecord LikeOf(DirectoryEntry entry) => new(
        entry.Id, entry.IndexNumber, entry.Title, entry.WrittenOn ?? default, entry.Metadata.One("publisher") ?? "",
        entry.NumberKey, entry.SourceKey, entry.OrganisationName);

    private ItemOutcome Quarantine(
        DockedSource source, ReadItem read, Known known, DockedRecord? record, DirectoryEntry entry)
    {
        var state = Wait(source, read, known, record, entry.Id, QuarantineCause.SameNumber);
        return new ItemOutcome(
            read, ItemResult.Quarantined,
            [new FieldError("indexNumber", text[state == RecordState.Yielded ? "Item.Yielded" : "Item.Taken", entry.OrganisationName,
                entry.State == EntryState.Withheld ? entry.IndexNumber : entry.Title])]);
    }

    private ItemOutcome Quarantine(
        DockedSource source, ReadItem read, Known known, DockedRecord? record, LikeRecord like)
    {
        var state = Wait(source, read, known, record, like.EntryId, QuarantineCause.SameDocument);
        return new ItemOutcome(
            read, ItemResult.Quarantined,
            [new FieldError("metadata.title", text[
                state == RecordState.Yielded ? "Item.AlikeYielded" : "Item.Alike", like.OrganisationName, like.Title, like.IndexNumber])])
        {
            IsAlike = state != RecordState.Yielded,
        };
    }

    private RecordState Wait(
        DockedSource source, ReadItem read, Known known, DockedRecord? record, Guid entryId, QuarantineCause cause)
    {
        var number = read.IndexNumber!;
        // What a person has decided holds for later versions too: the place is not this source's.
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
                    EntryId = entryId,
                    Cause = cause,
                    Item = read.Item,
                    At = clock.GetUtcNow(),
                };
                db.DockingQuarantine.Add(waiting);
                known.Waiting.Add(number, waiting);
            }
        }

        Note(source, read, known, record, null, state);
        return state;
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
        else
        {
            Follow(record);
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
        Dictionary<string, QuarantinedItem> Waiting,
        LikeSet Likes,
        RelationTargets Targets);
}
