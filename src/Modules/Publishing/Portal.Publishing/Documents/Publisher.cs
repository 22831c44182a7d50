using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Channels;
using Portal.Publishing.Contracts;
using Portal.Publishing.Leaving;
using Portal.Publishing.Media;
using Portal.Publishing.RichText;
using Portal.Publishing.Search;
using Portal.Shared.Sites;

namespace Portal.Publishing.Documents;

/// <summary>
/// The publication transaction: the edition goes live, the one before it is superseded, and everything the public reads
/// (page, lists, paths, search, files) changes with it or not at all. Used by release, schedule, emergency and seeding
/// alike; whether an edition may go live is the database's own rule besides the command's.
/// </summary>
internal sealed class Publisher(PublishingDbContext db, ISites sites, TimeProvider clock)
{
    /// <summary>Release of the rendering below; raise it when the same tree would give other HTML.</summary>
    public const int RendererVersion = 2;

    /// <summary>
    /// Takes the locks that every change of a document's public state holds: its site's paths, shared
    /// (<see cref="PathLock"/>), then its row, so that of two publications one waits. Call first in a transaction.
    /// </summary>
    public async Task LockAsync(Guid documentId, CancellationToken cancellationToken)
    {
        var siteId = await db.Documents.Where(row => row.Id == documentId).Select(row => row.SiteId)
            .SingleAsync(cancellationToken);
        await db.SharePathsAsync(siteId, cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"select 1 from publishing.documents where id = {documentId} for update", cancellationToken);
    }

    /// <summary>
    /// Makes <paramref name="edition"/> (tracked) what the public sees. Call inside a transaction, after
    /// <see cref="LockAsync"/>; saves.
    /// </summary>
    /// <exception cref="DbUpdateException">
    /// The path belongs to another page (<see cref="PathOwnerConfiguration.OneOwner"/>), or the database's guard found
    /// the reviews missing.
    /// </exception>
    public async Task GoLiveAsync(Edition edition, Guid? actorId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var document = await db.Documents.SingleAsync(row => row.Id == edition.DocumentId, cancellationToken);
        // As it is now, not as it was read before the lock: it may have moved meanwhile.
        var channel = await db.Channels.AsNoTracking()
            .SingleAsync(row => row.Id == edition.ChannelId, cancellationToken);
        await SupersedeAsync(edition, cancellationToken);
        edition.State = EditionState.Live;
        edition.PublishedAt = now;
        edition.Version++;
        await db.SaveChangesAsync(cancellationToken);

        var page = await db.Pages.SingleOrDefaultAsync(
            row => row.DocumentId == edition.DocumentId && row.Language == edition.Language, cancellationToken);
        var formerPath = page?.Path;
        var formerLineage = page is null ? [] : await LineageOfAsync(page.ChannelId, cancellationToken);
        var formerInterprets = page?.Interprets ?? [];
        var tree = BodyOf(edition);
        var media = await MediaOfAsync(edition, tree, cancellationToken);
        var addresses = await AddressesOfAsync(tree, cancellationToken);
        page = Project(document, edition, channel, page, Render(tree, edition.SiteId, addresses, media), now);
        if (db.Entry(page).State == EntityState.Detached)
        {
            db.Pages.Add(page);
        }

        await OwnPathAsync(page, formerPath, cancellationToken);
        await ClearDerivedAsync(page, cancellationToken);
        AddDerived(page, channel, tree, media.Keys);
        db.Publish(FactOf(edition, page, channel, formerPath, formerLineage, formerInterprets, actorId, now), now);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Takes a live edition down because its time ran out: the address answers 410 with the reason.</summary>
    public async Task TakeDownAsync(Edition edition, string reason, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var page = await db.Pages.SingleAsync(
            row => row.DocumentId == edition.DocumentId && row.Language == edition.Language, cancellationToken);
        var channel = await db.Channels.SingleAsync(row => row.Id == page.ChannelId, cancellationToken);
        edition.State = EditionState.TakenDown;
        edition.Version++;
        page.Sequence++;
        page.Status = PageStatus.Gone;
        page.Reason = reason;
        page.Html = "";
        page.UpdatedAt = now;
        await ClearDerivedAsync(page, cancellationToken);
        db.Publish(FactOf(edition, page, channel, null, [], [], null, now), now);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The edition's page, new or in place of <paramref name="former"/>. Pure: imports and rebuilds use it too.</summary>
    public static PublishedPage Project(
        Document document, Edition edition, Channel channel, PublishedPage? former, string html, DateTimeOffset now)
    {
        var page = former ?? new PublishedPage
        {
            DocumentId = edition.DocumentId,
            Language = edition.Language,
            SiteId = edition.SiteId,
            Type = document.Type,
            Path = "",
            ContentHash = "",
            Title = "",
            Summary = "",
            Html = "",
            Source = "",
            Author = "",
            PublishedAt = edition.OriginallyPublishedAt ?? now,
        };
        page.Path = channel.Path + "/" + edition.Slug;
        page.EditionId = edition.Id;
        page.Sequence++;
        page.ContentHash = edition.ContentHash;
        page.ChannelId = channel.Id;
        page.Status = edition.Unpublishing switch
        {
            null => PageStatus.Page,
            UnpublishingKind.Withdrawn => PageStatus.Withdrawn,
            UnpublishingKind.Redirect => PageStatus.Redirect,
            UnpublishingKind.Gone => PageStatus.Gone,
            _ => throw new InvalidOperationException($"Unknown kind {edition.Unpublishing}."),
        };
        page.Reason = edition.UnpublishingReason;
        page.RedirectTo = edition.RedirectTo;
        page.Title = edition.Title;
        page.Summary = edition.Summary;
        page.Html = page.Status is PageStatus.Page or PageStatus.Withdrawn ? html : "";
        page.RendererVersion = RendererVersion;
        page.Fields = new(edition.Fields, StringComparer.Ordinal);
        page.Source = edition.Source;
        page.Author = edition.Author;
        page.Keywords = edition.Keywords;
        page.CoverMediaId = edition.CoverMediaId;
        page.Attachments = [.. edition.Attachments];
        page.Interprets = edition.Interprets;
        page.UpdatedAt = now;
        if (edition.OriginallyPublishedAt is { } original)
        {
            page.PublishedAt = original;
        }

        return page;
    }

    /// <summary>The lists a page stands in: its channel's and those of every channel above.</summary>
    public static IEnumerable<ListingEntry> ListingsOf(PublishedPage page, Channel channel) =>
        page.Status == PageStatus.Page
            ? channel.Lineage.Select(id => new ListingEntry
            {
                SiteId = page.SiteId,
                ChannelId = id,
                DocumentId = page.DocumentId,
                Language = page.Language,
                PublishedAt = page.PublishedAt,
            })
            : [];

    /// <summary>The node tree of an edition; a stored body is always readable.</summary>
    public static RichDocument BodyOf(Edition edition) =>
        RichJsonReader.Read(edition.Body) is { Succeeded: true } reading
            ? reading.Document
            : throw new InvalidOperationException($"The body of edition {edition.Id} cannot be read.");

    /// <summary>The body as public HTML.</summary>
    public string Render(
        RichDocument tree,
        Guid siteId,
        IReadOnlyDictionary<Guid, string> addresses,
        IReadOnlyDictionary<Guid, MediaItem> media)
    {
        var site = sites.ById(siteId);
        return HtmlRenderer.Render(tree, new RenderContext
        {
            DocumentUrl = addresses.GetValueOrDefault,
            Media = id => media.TryGetValue(id, out var item)
                ? new MediaSource(MediaAddress.Of(item), item.Width ?? 0, item.Height ?? 0)
                : null,
            NeedsNotice = host => OutsideLinks.NeedNotice(host, site, sites),
        });
    }

    /// <summary>The body of an edition as public HTML, with the addresses that hold now.</summary>
    public async Task<string> RenderAsync(Edition edition, RichDocument tree, CancellationToken cancellationToken) =>
        Render(
            tree,
            edition.SiteId,
            await AddressesOfAsync(tree, cancellationToken),
            await MediaOfAsync(edition, tree, cancellationToken));

    private async Task SupersedeAsync(Edition edition, CancellationToken cancellationToken)
    {
        var live = await db.Editions.SingleOrDefaultAsync(
            row => row.DocumentId == edition.DocumentId && row.Language == edition.Language
                && row.State == EditionState.Live,
            cancellationToken);
        if (live is not null)
        {
            live.State = EditionState.Superseded;
            live.Version++;
            // The index allows one live edition: the old one must be out before the new one is in.
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private async Task OwnPathAsync(PublishedPage page, string? formerPath, CancellationToken cancellationToken)
    {
        if (formerPath == page.Path)
        {
            return;
        }

        if (formerPath is not null)
        {
            await db.Paths
                .Where(owner => owner.SiteId == page.SiteId && owner.Path == formerPath)
                .ExecuteUpdateAsync(set => set.SetProperty(owner => owner.Kind, PathKind.Moved), cancellationToken);
        }

        var owner = await db.Paths.SingleOrDefaultAsync(
            row => row.SiteId == page.SiteId && row.Path == page.Path, cancellationToken);
        if (owner is null)
        {
            db.Paths.Add(new PathOwner
            {
                SiteId = page.SiteId,
                Path = page.Path,
                Kind = PathKind.Document,
                TargetId = page.DocumentId,
            });
        }
        else if (owner.TargetId == page.DocumentId)
        {
            owner.Kind = PathKind.Document;
        }
        else
        {
            throw new PathTakenException(page.Path);
        }
    }

    private async Task ClearDerivedAsync(PublishedPage page, CancellationToken cancellationToken)
    {
        var (document, language) = (page.DocumentId, page.Language);
        await db.Listings.Where(row => row.DocumentId == document && row.Language == language)
            .ExecuteDeleteAsync(cancellationToken);
        await db.SearchEntries.Where(row => row.DocumentId == document && row.Language == language)
            .ExecuteDeleteAsync(cancellationToken);
        await db.PublishedMedia.Where(row => row.DocumentId == document && row.Language == language)
            .ExecuteDeleteAsync(cancellationToken);
    }

    private void AddDerived(PublishedPage page, Channel channel, RichDocument tree, IEnumerable<Guid> media)
    {
        db.Listings.AddRange(ListingsOf(page, channel));
        db.SearchEntries.AddRange(SearchIndex.EntriesOf(page, channel.Lineage, tree.PlainText()));
        if (page.Status is PageStatus.Page or PageStatus.Withdrawn)
        {
            db.PublishedMedia.AddRange(media.Select(id => new PublishedMedia
            {
                SiteId = page.SiteId,
                MediaId = id,
                DocumentId = page.DocumentId,
                Language = page.Language,
            }));
        }
    }

    private async Task<Guid[]> LineageOfAsync(Guid channelId, CancellationToken cancellationToken) =>
        await db.Channels.Where(row => row.Id == channelId).Select(row => row.Lineage)
            .SingleAsync(cancellationToken);

    private async Task<Dictionary<Guid, MediaItem>> MediaOfAsync(
        Edition edition, RichDocument tree, CancellationToken cancellationToken)
    {
        var ids = tree.MediaReferences()
            .Concat(edition.Attachments.Select(file => file.MediaId))
            .Concat(edition.CoverMediaId is { } cover ? [cover] : [])
            .Distinct()
            .ToList();
        // A file of another site never becomes public through this one.
        return ids.Count == 0
            ? []
            : await db.Media.Where(item => ids.Contains(item.Id) && item.SiteId == edition.SiteId)
                .ToDictionaryAsync(item => item.Id, cancellationToken);
    }

    private async Task<Dictionary<Guid, string>> AddressesOfAsync(RichDocument tree, CancellationToken cancellationToken)
    {
        var ids = tree.DocumentReferences();
        return ids.Count == 0
            ? []
            : (await db.Pages.Where(row => ids.Contains(row.DocumentId) && row.Language == "zh-CN")
                .Select(row => new { row.DocumentId, row.SiteId, row.Path })
                .ToListAsync(cancellationToken))
                .ToDictionary(
                    row => row.DocumentId,
                    row => sites.ById(row.SiteId) is { } site ? sites.AddressOf(site, row.Path).AbsoluteUri : "/" + row.Path);
    }

    public static EditionPublished FactOf(
        Edition edition, PublishedPage page, Channel channel, string? formerPath, Guid[] formerLineage,
        Guid[] formerInterprets, Guid? actorId, DateTimeOffset now) => new()
        {
            Id = Guid.CreateVersion7(now),
            OccurredAt = now,
            ActorId = actorId,
            SiteId = edition.SiteId,
            DocumentId = edition.DocumentId,
            Language = edition.Language,
            EditionId = edition.Id,
            Number = edition.Number,
            Sequence = page.Sequence,
            Lineage = channel.Lineage,
            FormerLineage = formerLineage,
            Path = page.Path,
            FormerPath = formerPath == page.Path ? null : formerPath,
            Type = page.Type,
            Title = page.Title,
            Interprets = [.. page.Interprets.Union(formerInterprets)],
            ContentHash = edition.ContentHash,
            Status = page.Status.ToString(),
        };
}

/// <summary>The path belongs to another page: it cannot go live there.</summary>
internal sealed class PathTakenException(string path) : Exception($"The path {path} belongs to another page.")
{
    public string Path { get; } = path;
}
