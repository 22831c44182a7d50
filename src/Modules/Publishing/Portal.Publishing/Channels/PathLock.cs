using Microsoft.EntityFrameworkCore;

namespace Portal.Publishing.Channels;

/// <summary>
/// The lock on a site's tree of paths, held to the end of the transaction. Whoever writes below a path shares it, so
/// that publications never wait for one another; whoever moves paths holds it alone. It comes before every row lock,
/// and paths are read after it: of a move and a publication at the same instant, the second sees what the first did.
/// </summary>
internal static class PathLock
{
    /// <summary>For a transaction that puts something at a path.</summary>
    public static Task SharePathsAsync(
        this PublishingDbContext db, Guid siteId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock_shared(hashtextextended('paths ' || {siteId}::text, 0))", cancellationToken);

    /// <summary>For a transaction that changes paths others stand on.</summary>
    public static Task HoldPathsAsync(
        this PublishingDbContext db, Guid siteId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended('paths ' || {siteId}::text, 0))", cancellationToken);
}
