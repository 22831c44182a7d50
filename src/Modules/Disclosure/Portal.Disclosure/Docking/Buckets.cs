using Microsoft.EntityFrameworkCore;

namespace Portal.Disclosure.Docking;

/// <summary>
/// Both sides of a reconciliation count and hash alike: a record lies in the bucket of the first byte of its number's
/// SHA-256; a bucket's hash is the SHA-256 of its lines "number version hash", in the order of their bytes.
/// </summary>
internal sealed class Buckets(DisclosureDbContext db)
{
    public const int Last = 255;

    /// <summary>What a directory of this platform holds.</summary>
    public Task<List<Bucket>> OfDirectoryAsync(Guid directory, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<Bucket>(
            $"""
            select number, count(*)::int as count,
              encode(sha256(convert_to(string_agg(line, E'\n' order by line collate "C"), 'UTF8')), 'hex') as hash
            from (
              select get_byte(sha256(convert_to(index_number, 'UTF8')), 0) as number,
                index_number || ' ' || version || ' ' || content_hash as line
              from disclosure.directory_entries where directory_id = {directory}) as lines
            group by number order by number
            """).ToListAsync(cancellationToken);

    /// <summary>What was received from a source, whatever has become of it.</summary>
    public Task<List<Bucket>> OfSourceAsync(Guid source, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<Bucket>(
            $"""
            select number, count(*)::int as count,
              encode(sha256(convert_to(string_agg(line, E'\n' order by line collate "C"), 'UTF8')), 'hex') as hash
            from (
              select get_byte(sha256(convert_to(index_number, 'UTF8')), 0) as number,
                index_number || ' ' || version || ' ' || content_hash as line
              from disclosure.docked_records where source_id = {source}) as lines
            group by number order by number
            """).ToListAsync(cancellationToken);

    public Task<List<BucketRecord>> RecordsOfDirectoryAsync(Guid directory, int number, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<BucketRecord>(
            $"""
            select index_number, version::bigint as version, content_hash from disclosure.directory_entries
            where directory_id = {directory} and get_byte(sha256(convert_to(index_number, 'UTF8')), 0) = {number}
            order by index_number collate "C"
            """).ToListAsync(cancellationToken);

    public Task<List<BucketRecord>> RecordsOfSourceAsync(Guid source, int number, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<BucketRecord>(
            $"""
            select index_number, version, content_hash from disclosure.docked_records
            where source_id = {source} and get_byte(sha256(convert_to(index_number, 'UTF8')), 0) = {number}
            order by index_number collate "C"
            """).ToListAsync(cancellationToken);
}
