using MediatR;
using Portal.Publishing.Contracts;
using Portal.Shared.Settings;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Directory.RebuildDirectory;

/// <summary>
/// Makes entries of all published documents of the types that enter the directory, and brings those that are there up
/// to date: after an import, after a change of the profile or of the types, or when in doubt.
/// </summary>
internal sealed class RebuildDirectory(
    DisclosureDbContext db, DocumentEntries entries, ISender sender, ISites sites, ISettings settings)
{
    private const int ChunkSize = 100;

    /// <summary>All documents, a chunk a transaction, in order of id. Answers how many entries were made or changed.</summary>
    public async Task<(long Documents, long Changed)> RunAsync(IProgress<long> progress, CancellationToken cancellationToken)
    {
        await sites.EnsureLoadedAsync(cancellationToken);
        await settings.EnsureLoadedAsync(cancellationToken);
        var types = sites.All.SelectMany(site => settings.For<DisclosureSettings>(site.Id).Types).Distinct().ToList();
        var after = Guid.Empty;
        long done = 0, changed = 0;
        while (true)
        {
            var ids = await sender.Send(new ListPublishedDocuments(types, after, ChunkSize), cancellationToken);
            if (ids.Count == 0)
            {
                return (done, changed);
            }

            var published = await sender.Send(new GetPublishedDocuments(ids), cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            changed += await entries.RenewAsync(
                [.. published.Select(document => (document.Id, document.SiteId))], null, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            db.ChangeTracker.Clear();
            after = ids[^1];
            done += ids.Count;
            progress.Report(done);
        }
    }
}
