using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Interpretations;
using Portal.Publishing.Contracts;
using Portal.Shared.Calendars;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Openness;

/// <summary>Keeps the items of openness what documents, entries and channels say. Call inside a transaction; saves.</summary>
internal sealed class OpennessItems(
    DisclosureDbContext db, OpennessClock clock, ISender sender, ISites sites, ISettings settings, ICalendars calendars)
{
    private static readonly string[] BasicChannels = ["Overview", "Institutions", "Data"];

    /// <summary>
    /// Brings the items of documents up to what they say now: those on their way, and those that are public. What an
    /// import brought was published elsewhere and is not timed.
    /// </summary>
    public async Task RenewAsync(IReadOnlyCollection<Guid> documents, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        List<Guid> ids = [.. documents.Distinct().Order()];
        foreach (var id in ids)
        {
            await LockAsync(id, cancellationToken);
        }

        // Asked under the lock: what is read now is no older than what any earlier holder of it has written.
        var published = (await sender.Send(new GetPublishedDocuments(ids), cancellationToken)).ToDictionary(one => one.Id);
        var edited = (await sender.Send(new GetEditedDocuments(ids), cancellationToken)).ToDictionary(one => one.Id);
        var plans = await db.InterpretationPlans.NewestAsync(ids, cancellationToken);
        var kept = (await db.OpennessItems.Where(item => ids.Contains(item.SubjectId)).ToListAsync(cancellationToken))
            .ToLookup(item => item.SubjectId);
        foreach (var id in ids)
        {
            if (published.TryGetValue(id, out var page))
            {
                Follow(page, plans.GetValueOrDefault(id), [.. kept[id]]);
                FollowChanges(page, edited.GetValueOrDefault(id), [.. kept[id].Where(item => item.Kind == OpennessKind.Changed)]);
            }
            else
            {
                Follow(id, edited.GetValueOrDefault(id), [.. kept[id]]);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Brings the items of directory entries that are no documents of the platform up to what the entries say.</summary>
    public async Task RenewEntriesAsync(IReadOnlyCollection<Guid> entryIds, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        List<Guid> ids = [.. entryIds.Distinct()];
        // In one order, so that no two deliveries wait for each other.
        long[] keys = [.. ids.Select(KeyOf).Order()];
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(key) from unnest({keys}) as locked(key)", cancellationToken);
        var kept = (await db.OpennessItems.Where(item => ids.Contains(item.SubjectId)).ToListAsync(cancellationToken))
            .ToLookup(item => item.SubjectId);
        var entries = await db.Entries.AsNoTracking()
            .Where(row => ids.Contains(row.Id) && row.DocumentId == null && row.State == EntryState.Listed && row.WrittenOn != null)
            .Select(row => new
            {
                row.Id,
                row.SiteId,
                row.Origin,
                row.Title,
                row.Metadata,
                row.WrittenOn,
                row.PublishedAt,
                row.CreatedAt,
                row.UpdatedAt,
            })
            .ToListAsync(cancellationToken);
        // 主动公开 has a time to keep; what is had on request has its own.
        foreach (var entry in entries.Where(entry => AccessRights.Of(entry.Metadata) == AccessRight.Public))
        {
            var start = BeijingTime.StartOf(entry.WrittenOn!.Value).ToUniversalTime();
            if (OpennessClock.Reaches(start))
            {
                var kind = entry.Metadata.One("kind") == "normative" ? OpennessKind.Normative : OpennessKind.Disclosure;
                db.OpennessItems.RemoveRange(
                    kept[entry.Id].Where(item => item.Kind != kind && item.Kind != OpennessKind.Changed));
                Put(
                    kept[entry.Id].FirstOrDefault(item => item.Kind == kind),
                    new Wanted(kind, entry.SiteId, entry.Id, entry.Title, null, null, start, entry.PublishedAt));
            }

            // Changes from before a docked record was here were made public by its own system.
            var since = entry.Origin == EntryOrigin.Docked ? entry.CreatedAt : entry.PublishedAt;
            if (OpennessFacts.ChangeOf(entry.Metadata.One("changedOn"), since) is { } changed
                && entry.UpdatedAt > entry.CreatedAt)
            {
                PutChange(
                    [.. kept[entry.Id]],
                    new Wanted(
                        OpennessKind.Changed, entry.SiteId, entry.Id, entry.Title, null, null, changed, entry.UpdatedAt));
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>
    /// Something new stands in a channel: the cycle of the nearest one that holds basic information begins anew (S-03).
    /// </summary>
    public async Task RestartAsync(
        Guid siteId, IReadOnlyList<Guid> lineage, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        var basic = (await sender.Send(new GetChannels(siteId), cancellationToken))
            .Where(channel => BasicChannels.Contains(channel.Type)).ToDictionary(channel => channel.Id);
        if (!lineage.Any(basic.ContainsKey))
        {
            return;
        }

        var channel = basic[lineage.Last(basic.ContainsKey)];
        await LockAsync(channel.Id, cancellationToken);
        var item = await db.OpennessItems.SingleOrDefaultAsync(
            row => row.SubjectId == channel.Id && row.Kind == OpennessKind.Basic, cancellationToken);
        var start = BeijingTime.StartOf(BeijingTime.Date(at)).ToUniversalTime();
        if ((item is null || start > item.StartedAt) && OpennessClock.Reaches(start))
        {
            Put(item, WantedOf(siteId, channel, start));
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>A channel was changed: name, place and cycle of what runs for it follow; it ends with the channel.</summary>
    public async Task RenewChannelAsync(Guid siteId, Guid channelId, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        await LockAsync(channelId, cancellationToken);
        var item = await db.OpennessItems.SingleOrDefaultAsync(
            row => row.SubjectId == channelId && row.Kind == OpennessKind.Basic, cancellationToken);
        if (item is null)
        {
            return;
        }

        if ((await sender.Send(new GetChannels(siteId), cancellationToken))
            .FirstOrDefault(one => one.Id == channelId && BasicChannels.Contains(one.Type)) is { } channel)
        {
            Put(item, WantedOf(siteId, channel, item.StartedAt));
        }
        else
        {
            db.OpennessItems.Remove(item);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static Wanted WantedOf(Guid siteId, ChannelSummary channel, DateTimeOffset start) =>
        new(OpennessKind.Basic, siteId, channel.Id, channel.Name, null, channel.Path, start, null) { CycleDays = channel.CycleDays };

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await sites.EnsureLoadedAsync(cancellationToken);
        await settings.EnsureLoadedAsync(cancellationToken);
        await calendars.EnsureLoadedAsync(cancellationToken);
    }

    private Task<int> LockAsync(Guid subject, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({KeyOf(subject)})", cancellationToken);

    private static long KeyOf(Guid subject) => BitConverter.ToInt64(subject.ToByteArray(), 8);

    private void Follow(Guid id, EditedDocument? draft, IReadOnlyList<OpennessItem> kept)
    {
        var facts = draft is null ? null : OpennessFacts.Of(draft.Type, draft.Fields);
        // Nothing says any more that it was formed, and nobody has seen it.
        db.OpennessItems.RemoveRange(kept.Where(item => item.DoneAt is null && item.Kind != facts?.Kind));
        if (draft is not null && facts is var (kind, start))
        {
            Put(
                kept.FirstOrDefault(item => item.Kind == kind),
                new Wanted(kind, draft.SiteId, id, draft.Title, draft.Type, null, start, null));
        }
    }

    private void Follow(PublishedDocument page, InterpretationPlan? plan, IReadOnlyList<OpennessItem> kept)
    {
        var interpretation = kept.FirstOrDefault(item => item.Kind == OpennessKind.Interpretation);
        var isPage = page is { Status: "Page", IsImported: false };
        if (isPage && OpennessFacts.Of(page.Type, page.Fields) is var (kind, start))
        {
            db.OpennessItems.RemoveRange(
                kept.Where(item => item.Kind is not (OpennessKind.Interpretation or OpennessKind.Changed) && item.Kind != kind));
            Put(
                kept.FirstOrDefault(item => item.Kind == kind),
                new Wanted(kind, page.SiteId, page.Id, page.Title, page.Type, page.Path, start, page.PublishedAt));
        }

        if (isPage && plan?.IsNeeded != false && OpennessClock.Reaches(page.PublishedAt)
            && settings.For<OpennessSettings>(page.SiteId).Interpreted.Contains(page.Type))
        {
            Put(interpretation, new Wanted(
                OpennessKind.Interpretation, page.SiteId, page.Id, page.Title, page.Type, page.Path,
                BeijingTime.StartOf(BeijingTime.Date(page.PublishedAt)).ToUniversalTime(),
                page.Interpretations.Count == 0 ? null : page.Interpretations.Min(one => one.PublishedAt)));
        }
        else if (interpretation is { DoneAt: null })
        {
            // Withdrawn, or staff say that it needs none.
            db.OpennessItems.Remove(interpretation);
        }
    }

    // What is public says when it changed last; an edition on its way, when it changed since.
    private void FollowChanges(PublishedDocument page, EditedDocument? draft, IReadOnlyList<OpennessItem> kept)
    {
        var since = page.PublishedAt;
        var live = OpennessFacts.ChangeOf(page.Fields.GetValueOrDefault("changedOn"), since);
        if (page.Status == "Page" && live is { } at && page.UpdatedAt > since)
        {
            PutChange(kept, new Wanted(
                OpennessKind.Changed, page.SiteId, page.Id, page.Title, page.Type, page.Path, at, page.UpdatedAt));
        }

        var next = page.Status == "Page" && draft is not null && draft.EditionId != page.EditionId
            ? OpennessFacts.ChangeOf(draft.Fields.GetValueOrDefault("changedOn"), since) : null;
        db.OpennessItems.RemoveRange(
            kept.Where(item => item.DoneAt is null && item.StartedAt != next && item.StartedAt != live));
        if (draft is not null && next is { } started && started != live)
        {
            PutChange(kept, new Wanted(
                OpennessKind.Changed, page.SiteId, page.Id, draft.Title, page.Type, page.Path, started, null));
        }
    }

    // An update that was made stays made: later editions carry the same day on.
    private void PutChange(IReadOnlyList<OpennessItem> kept, Wanted wanted)
    {
        var item = kept.FirstOrDefault(one => one.Kind == OpennessKind.Changed && one.StartedAt == wanted.StartedAt);
        Put(item, wanted with { DoneAt = item?.DoneAt ?? wanted.DoneAt });
    }

    private void Put(OpennessItem? item, Wanted wanted)
    {
        var reading = clock.Read(wanted.Kind, wanted.SiteId, wanted.StartedAt, wanted.CycleDays);
        var due = reading.DueAt!.Value.ToUniversalTime();
        var calendar = clock.CalendarOf(wanted.SiteId).Version;
        if (item is null)
        {
            item = new OpennessItem
            {
                Id = Guid.CreateVersion7(wanted.StartedAt),
                SiteId = wanted.SiteId,
                Kind = wanted.Kind,
                SubjectId = wanted.SubjectId,
                Title = "",
                Calendar = calendar,
            };
            db.OpennessItems.Add(item);
        }

        // What was read for a closed item stays: another calendar does not make it late or timely afterwards.
        if (item.DoneAt is null || item.StartedAt != wanted.StartedAt)
        {
            (item.DueAt, item.IsProvisional, item.Calendar) = (due, reading.IsProvisional, calendar);
        }

        item.Title = wanted.Title.CutTo(200);
        item.DocumentType = wanted.DocumentType;
        item.Path = wanted.Path;
        item.StartedAt = wanted.StartedAt;
        item.CycleDays = wanted.CycleDays;
        item.DoneAt = wanted.DoneAt;
    }

    private sealed record Wanted(
        OpennessKind Kind, Guid SiteId, Guid SubjectId, string Title, string? DocumentType, string? Path,
        DateTimeOffset StartedAt, DateTimeOffset? DoneAt)
    {
        public int? CycleDays { get; init; }
    }
}
