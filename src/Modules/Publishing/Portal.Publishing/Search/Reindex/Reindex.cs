using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Documents;
using Portal.Publishing.RichText;

namespace Portal.Publishing.Search.Reindex;

/// <summary>
/// Makes pages and index rows anew from the live editions: after a release with another renderer or tokeniser, or when
/// in doubt. What the public sees does not change its sequence or its dates.
/// </summary>
internal sealed class Reindex(PublishingDbContext db, Publisher publisher)
{
    private const int ChunkSize = 100;

    /// <summary>How many documents there are to do.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        db.Pages.LongCountAsync(cancellationToken);

    /// <summary>Renews all pages, a chunk a transaction, in order of document id. Answers how many HTML bodies changed.</summary>
    public async Task<int> RunAsync(IProgress<long> progress, CancellationToken cancellationToken)
    {
        var after = Guid.Empty;
        long done = 0;
        var changed = 0;
        while (true)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var pages = await db.Pages.Where(page => page.DocumentId > after)
                .OrderBy(page => page.DocumentId).Take(ChunkSize).ToListAsync(cancellationToken);
            if (pages.Count == 0)
            {
                return changed;
            }

            changed += await RenewAsync(pages, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            db.ChangeTracker.Clear();
            after = pages[^1].DocumentId;
            done += pages.Count;
            progress.Report(done);
        }
    }

    private async Task<int> RenewAsync(List<PublishedPage> pages, CancellationToken cancellationToken)
    {
        var documents = pages.Select(page => page.DocumentId).ToList();
        var editionIds = pages.Select(page => page.EditionId).ToList();
        var channelIds = pages.Select(page => page.ChannelId).Distinct().ToList();
        var editions = await db.Editions.AsNoTracking()
            .Where(edition => editionIds.Contains(edition.Id))
            .ToDictionaryAsync(edition => edition.Id, cancellationToken);
        var lineages = await db.Channels.AsNoTracking()
            .Where(channel => channelIds.Contains(channel.Id))
            .ToDictionaryAsync(channel => channel.Id, channel => channel.Lineage, cancellationToken);
        await db.SearchEntries.Where(entry => documents.Contains(entry.DocumentId))
            .ExecuteDeleteAsync(cancellationToken);
        var changed = 0;
        foreach (var page in pages.Where(page => page.Status is PageStatus.Page or PageStatus.Withdrawn))
        {
            var edition = editions[page.EditionId];
            var tree = Publisher.BodyOf(edition);
            var html = await publisher.RenderAsync(edition, tree, cancellationToken);
            changed += html == page.Html ? 0 : 1;
            page.Html = html;
            page.RendererVersion = Publisher.RendererVersion;
            db.SearchEntries.AddRange(SearchIndex.EntriesOf(page, lineages[page.ChannelId], tree.PlainText()));
        }

        return changed;
    }
}
