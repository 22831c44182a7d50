using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Contracts;
using Portal.Host.Contracts;
using Portal.Shared.Messaging;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Directory;

/// <summary>What an entry is to be.</summary>
internal sealed record EntryDraft
{
    public required SiteInfo Site { get; init; }

    public EntryOrigin Origin { get; init; }

    public Guid? DocumentId { get; init; }

    public string? DocumentType { get; init; }

    public string? SourceKey { get; init; }

    public required EntryMetadata Metadata { get; init; }

    public required SortedDictionary<string, string> CodeVersions { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public string? Path { get; init; }

    public string? Body { get; init; }

    public EntryState State { get; init; }

    public string? Reason { get; init; }

    public string? DocumentHash { get; init; }

    public int DocumentSequence { get; init; }

    /// <summary>A number that it has already, kept as it is; null: one is allotted.</summary>
    public string? IndexNumber { get; init; }

    /// <summary>What an entry is now.</summary>
    public static EntryDraft Of(DirectoryEntry entry, SiteInfo site) => new()
    {
        Site = site,
        Metadata = entry.Metadata,
        CodeVersions = entry.CodeVersions,
        PublishedAt = entry.PublishedAt,
        Path = entry.Path,
        Body = entry.Body,
        DocumentHash = entry.DocumentHash,
        DocumentSequence = entry.DocumentSequence,
        State = entry.Standing,
        Reason = entry.Reason,
    };
}

/// <summary>
/// Everything that changes entries goes through here: number, columns, lists, relations, sequence and the fact change
/// with the entry or not at all. Call inside a transaction, after <see cref="LockAsync"/>; the caller saves.
/// </summary>
internal sealed class DirectoryWriter(
    DisclosureDbContext db, IndexNumbers numbers, MetadataValidator validator, ISender sender, ISites sites,
    ISettings settings, TimeProvider clock)
{
    private readonly Dictionary<Guid, OrganisationSummary> _organisations = [];
    private List<Guid>? _rewritten;

    /// <summary>
    /// Holds the heads of the directories until the transaction ends, in the order of their ids so that no two wait for
    /// each other. What is read afterwards is at least as new as anything written before.
    /// </summary>
    public async Task LockAsync(IEnumerable<Guid> directories, CancellationToken cancellationToken)
    {
        foreach (var id in directories.Distinct().Order())
        {
            await db.Database.ExecuteSqlAsync(
                $"insert into disclosure.directories (id, last_sequence) values ({id}, 0) on conflict do nothing",
                cancellationToken);
            // One that this context has seen before may have moved on.
            if (db.Directories.Local.FindEntry(id) is { } seen)
            {
                seen.State = EntityState.Detached;
            }

            await db.Directories
                .FromSql($"select * from disclosure.directories where id = {id} for update")
                .SingleAsync(cancellationToken);
        }
    }

    /// <summary>
    /// From here on the old lists of changed entries go together, with <see cref="ClearListsAsync"/>, instead of one by one:
    /// for who changes many entries and saves them at once.
    /// </summary>
    public void Collect() => _rewritten = [];

    /// <summary>Takes the old lists away of what has changed since <see cref="Collect"/>, before the new ones are saved.</summary>
    public async Task ClearListsAsync(CancellationToken cancellationToken)
    {
        if (_rewritten is { Count: > 0 } entries)
        {
            await db.Listings.Where(row => entries.Contains(row.EntryId)).ExecuteDeleteAsync(cancellationToken);
            await db.Relations.Where(row => entries.Contains(row.EntryId)).ExecuteDeleteAsync(cancellationToken);
            entries.Clear();
        }
    }

    /// <summary>Learns the organisations of the sites at once; one by one otherwise.</summary>
    public async Task PrepareAsync(IEnumerable<SiteInfo> all, CancellationToken cancellationToken)
    {
        var unknown = all.Select(site => site.OrganisationId).Distinct()
            .Where(id => !_organisations.ContainsKey(id)).ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        foreach (var organisation in await sender.Send(new GetOrganisations(unknown), cancellationToken))
        {
            _organisations[organisation.Id] = organisation;
        }
    }

    /// <summary>Makes an entry, with a number of its own.</summary>
    public async Task<DirectoryEntry> AddAsync(EntryDraft draft, Guid? actorId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await PrepareAsync([draft.Site], cancellationToken);
        var organisation = _organisations[draft.Site.OrganisationId];
        var template = IndexTemplate.Parse(settings.For<DisclosureSettings>(draft.Site.Id).IndexTemplate)
            ?? IndexTemplate.Parse(IndexTemplate.Default)!;
        var number = draft.IndexNumber is { } given ? IndexScheme.Normalise(given)
            : await numbers.NextAsync(organisation, BeijingTime.In(draft.PublishedAt).Year, template, cancellationToken);
        var scheme = IndexScheme.Of(number);
        var entry = new DirectoryEntry
        {
            Id = Guid.CreateVersion7(now),
            SiteId = draft.Site.Id,
            DirectoryId = sites.DirectoryOf(draft.Site),
            SitePath = [.. draft.Site.Path],
            OrganisationId = organisation.Id,
            OrganisationName = organisation.Name,
            IndexNumber = number,
            IndexScheme = draft.IndexNumber is null && scheme == "other" ? IndexScheme.Local : scheme,
            Origin = draft.Origin,
            DocumentId = draft.DocumentId,
            DocumentType = draft.DocumentType,
            SourceKey = draft.SourceKey,
            Metadata = new EntryMetadata(),
            Title = "",
            ContentHash = "",
            CreatedAt = now,
        };
        db.Entries.Add(entry);
        await ApplyAsync(entry, draft, actorId, now, cancellationToken);
        return entry;
    }

    /// <summary>Brings an entry to what it is to be. What is the same already changes nothing, not even the version.</summary>
    public Task UpdateAsync(DirectoryEntry entry, EntryDraft draft, Guid? actorId, CancellationToken cancellationToken) =>
        ApplyAsync(entry, draft, actorId, clock.GetUtcNow(), cancellationToken);

    /// <summary>Changes what the province adds to an entry; what its owner says of it stays.</summary>
    public Task UpdateOverlayAsync(
        DirectoryEntry entry, SiteInfo site, EntryOverlay? overlay, Guid? actorId, CancellationToken cancellationToken)
    {
        entry.Overlay = overlay;
        return ApplyAsync(entry, EntryDraft.Of(entry, site), actorId, clock.GetUtcNow(), cancellationToken);
    }

    private async Task ApplyAsync(
        DirectoryEntry entry, EntryDraft draft, Guid? actorId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var metadata = draft.Metadata.Copy();
        metadata.Set("indexNumber", entry.IndexNumber);
        metadata.Set("publishedAt", draft.PublishedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        entry.DocumentHash = draft.DocumentHash;
        entry.DocumentSequence = draft.DocumentSequence;
        var hash = HashOf(entry, draft, metadata);
        if (hash == entry.ContentHash)
        {
            return;
        }

        entry.Metadata = metadata;
        entry.CodeVersions = draft.CodeVersions;
        entry.Missing =
        [
            .. validator.Problems(metadata, draft.CodeVersions, now, allotted: true)
                .Select(problem => problem.Field).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        entry.Title = (metadata.One("title") ?? "").CutTo(200);
        entry.NumberKey = metadata.One("documentNumber") is { Length: <= 100 } number ? DocumentNumbers.Key(number) : null;
        entry.WrittenOn = DateOnly.TryParseExact(
            metadata.One("writtenOn"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        entry.PublishedAt = draft.PublishedAt;
        entry.Year = BeijingTime.In(draft.PublishedAt).Year;
        entry.Subject = CodeOf("subject", metadata, draft.CodeVersions);
        entry.SubjectClass = ClassOf(entry.Subject);
        entry.Genre = CodeOf("genre", metadata, draft.CodeVersions);
        entry.StatutoryItem = CodeOf("statutoryItem", metadata, draft.CodeVersions);
        entry.FiveOpenness = CodeOf("fiveOpenness", metadata, draft.CodeVersions);
        entry.Validity = CodeOf("validity", metadata, draft.CodeVersions);
        entry.Recommendation = OverlayCodeOf("provinceRecommendation", entry.Overlay);
        entry.Path = draft.Path;
        entry.Body = draft.Body;
        entry.State = AccessRights.Of(metadata) == AccessRight.Withheld ? EntryState.Withheld : draft.State;
        entry.Reason = draft.Reason?.CutTo(500);
        entry.ContentHash = hash;
        entry.RecordHash = Docking.RecordHash.Of(entry);
        entry.Version++;
        entry.UpdatedAt = now;
        entry.TitleGrams = GramsOf(entry);
        // What was never public changes nothing that anybody follows.
        if (entry.State != EntryState.Withheld || entry.Sequence > 0)
        {
            await NumberTheChangeAsync(entry, actorId, now, cancellationToken);
        }

        await RewriteListsAsync(entry, cancellationToken);
    }

    private async Task NumberTheChangeAsync(
        DirectoryEntry entry, Guid? actorId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var head = await db.Directories.FindAsync([entry.DirectoryId], cancellationToken)
            ?? throw new InvalidOperationException("The head of the directory was not locked.");
        entry.Sequence = ++head.LastSequence;
        db.Changes.Add(new DirectoryChange
        {
            DirectoryId = entry.DirectoryId,
            Sequence = entry.Sequence,
            EntryId = entry.Id,
            Version = entry.Version,
            Kind = entry.State == EntryState.Listed ? ChangeKind.Upsert : ChangeKind.Tombstone,
            ContentHash = entry.ContentHash,
            At = now,
        });
        db.Publish(
            new DirectoryEntryChanged
            {
                Id = Guid.CreateVersion7(now),
                OccurredAt = now,
                ActorId = actorId,
                SiteId = entry.SiteId,
                SitePath = entry.SitePath,
                EntryId = entry.Id,
                DirectoryId = entry.DirectoryId,
                Sequence = entry.Sequence,
                Version = entry.Version,
                State = (entry.State == EntryState.Listed ? EntryState.Listed : EntryState.Withdrawn).ToString(),
                IndexNumber = entry.IndexNumber,
                DocumentId = entry.DocumentId,
            },
            now);
    }

    private async Task RewriteListsAsync(DirectoryEntry entry, CancellationToken cancellationToken)
    {
        if (_rewritten is not null)
        {
            if (entry.Version > 1)
            {
                _rewritten.Add(entry.Id);
            }
        }
        else if (entry.Version > 1)
        {
            await db.Listings.Where(row => row.EntryId == entry.Id).ExecuteDeleteAsync(cancellationToken);
            await db.Relations.Where(row => row.EntryId == entry.Id).ExecuteDeleteAsync(cancellationToken);
        }

        if (entry.State == EntryState.Listed)
        {
            var overlaySubject = OverlayCodeOf("provinceSubject", entry.Overlay);
            db.Listings.AddRange(entry.SitePath.Select(scope => new DirectoryListing
            {
                ScopeId = scope,
                EntryId = entry.Id,
                PublishedAt = entry.PublishedAt,
                SiteId = entry.SiteId,
                SubjectClass = entry.SubjectClass,
                Subject = entry.Subject,
                OverlaySubjectClass = ClassOf(overlaySubject),
                OverlaySubject = overlaySubject,
                Genre = entry.Genre,
                StatutoryItem = entry.StatutoryItem,
                FiveOpenness = entry.FiveOpenness,
                Validity = entry.Validity,
            }));
        }

        db.Relations.AddRange(entry.Metadata.All("relation")
            .Select(RelationText.Parse).OfType<RelationText>()
            .Select(relation => new EntryRelation
            {
                EntryId = entry.Id,
                Kind = relation.Kind,
                Other = relation.Other,
                OtherKey = DocumentNumbers.Key(relation.Other),
                EffectiveOn = relation.EffectiveOn,
            })
            .DistinctBy(relation => (relation.Kind, relation.OtherKey)));
    }

    private static string? CodeOf(string element, EntryMetadata metadata, SortedDictionary<string, string> versions) =>
        CodeOf(MetadataProfile.Current.Find(element), metadata, versions);

    private static string? OverlayCodeOf(string element, EntryOverlay? overlay) =>
        overlay is null ? null : CodeOf(MetadataProfile.Current.FindOverlay(element), overlay.Values, overlay.CodeVersions);

    // The code under which it is found today: of an older version of a list, what has succeeded it.
    private static string? CodeOf(
        MetadataElement? element, EntryMetadata metadata, SortedDictionary<string, string> versions) =>
        element is { Vocabulary: { } list } && metadata.One(element.Key) is { } code
            && Classifications.Of(list).ItemOf(code, versions.GetValueOrDefault(element.Key)) is not null
            ? Classifications.Of(list).Today(code, versions.GetValueOrDefault(element.Key))
            : null;

    private static string? ClassOf(string? subject) =>
        subject is null ? null : Classifications.Subjects.ItemOf(subject)?.Parent ?? subject;

    private static string[] GramsOf(DirectoryEntry entry)
    {
        var grams = new GramSet();
        Grams.Collect(Grams.Fold(entry.Title), grams);
        Grams.Collect(Grams.Fold(string.Join(' ', entry.Metadata.All("keywords"))), grams);
        foreach (var scope in entry.SitePath)
        {
            grams.Add(EntryTags.OfScope(scope));
        }

        grams.Add(EntryTags.OfSite(entry.SiteId));
        grams.Add(EntryTags.OfYear(entry.Year));
        grams.Add(EntryTags.OfQuarter(entry.PublishedAt));
        AddTag(grams, entry.Subject, EntryTags.OfSubject);
        AddTag(grams, entry.SubjectClass, EntryTags.OfSubject);
        var overlaySubject = OverlayCodeOf("provinceSubject", entry.Overlay);
        AddTag(grams, overlaySubject, EntryTags.OfSubject);
        AddTag(grams, ClassOf(overlaySubject), EntryTags.OfSubject);
        AddTag(grams, entry.Genre, EntryTags.OfGenre);
        AddTag(grams, entry.StatutoryItem, EntryTags.OfItem);
        AddTag(grams, entry.FiveOpenness, EntryTags.OfFiveOpenness);
        AddTag(grams, entry.Validity, EntryTags.OfValidity);
        if (entry.State == EntryState.Listed)
        {
            grams.Add(EntryTags.Listed);
        }

        return grams.ToLexemes();
    }

    private static void AddTag(GramSet grams, string? code, Func<string, string> tag)
    {
        if (code is not null)
        {
            grams.Add(tag(code));
        }
    }

    // What the province adds counts once there is any: of all other entries the hash is what it was.
    private static string HashOf(DirectoryEntry entry, EntryDraft draft, EntryMetadata metadata)
    {
        var text = JsonSerializer.Serialize(
            new
            {
                entry.IndexNumber,
                draft.State,
                draft.Reason,
                Metadata = metadata,
                draft.CodeVersions,
                draft.Path,
                draft.Body,
                draft.DocumentHash,
            },
            MessageJson.Options);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            entry.Overlay is null ? text : text + JsonSerializer.Serialize(entry.Overlay, MessageJson.Options))));
    }
}
