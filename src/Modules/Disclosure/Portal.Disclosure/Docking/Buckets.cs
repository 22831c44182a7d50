using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Portal.Disclosure.Docking;

/// <summary>
/// Both sides of a reconciliation count and hash alike: a record lies in the bucket of the first byte of its number's
/// SHA-256; a bucket's hash is the SHA-256 of its lines "number version hash", in the order of their bytes.
/// </summary>
internal sealed class Buckets(DisclosureDbContext db)
{
    public const int Last = 255;

    // Constants, never input: the column of the hash, and what follows "from", up to the parameter that names the owner.
    private static readonly (string Hash, string From) InDirectory = ("record_hash", "disclosure.directory_entries where sequence > 0 and directory_id");
    private static readonly (string Hash, string From) FromSource = ("content_hash", "disclosure.docked_records where source_id");

    /// <summary>What a directory of this platform holds.</summary>
    public Task<List<Bucket>> OfDirectoryAsync(Guid directory, CancellationToken cancellationToken) =>
        CountAsync(InDirectory, directory, cancellationToken);

    /// <summary>What was received from a source, whatever has become of it.</summary>
    public Task<List<Bucket>> OfSourceAsync(Guid source, CancellationToken cancellationToken) =>
        CountAsync(FromSource, source, cancellationToken);

    public Task<List<BucketRecord>> RecordsOfDirectoryAsync(Guid directory, int number, CancellationToken cancellationToken) =>
        RecordsAsync(InDirectory, directory, number, cancellationToken);

    public Task<List<BucketRecord>> RecordsOfSourceAsync(Guid source, int number, CancellationToken cancellationToken) =>
        RecordsAsync(FromSource, source, number, cancellationToken);

    private Task<List<Bucket>> CountAsync((string Hash, string From) records, Guid owner, CancellationToken cancellationToken)
    {
        var sql = $$"""
            select number, count(*)::int as count,
              encode(sha256(convert_to(string_agg(line, E'\n' order by line collate "C"), 'UTF8')), 'hex') as hash
            from (
              select get_byte(sha256(convert_to(index_number, 'UTF8')), 0) as number,
                index_number || ' ' || version || ' ' || {{records.Hash}} as line
              from {{records.From}} = {0}) as lines
            group by number order by number
            """;
        return db.Database.SqlQuery<Bucket>(FormattableStringFactory.Create(sql, owner)).ToListAsync(cancellationToken);
    }

    private Task<List<BucketRecord>> RecordsAsync((string Hash, string From) records, Guid owner, int number, CancellationToken cancellationToken)
    {
        var sql = $$"""
            select index_number, version::bigint as version, {{records.Hash}} as content_hash
            from {{records.From}} = {0} and get_byte(sha256(convert_to(index_number, 'UTF8')), 0) = {1}
            order by index_number collate "C"
            """;
        return db.Database.SqlQuery<BucketRecord>(FormattableStringFactory.Create(sql, owner, number)).ToListAsync(cancellationToken);
    }
}
