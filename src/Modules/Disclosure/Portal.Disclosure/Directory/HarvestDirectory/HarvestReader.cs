using Npgsql;

namespace Portal.Disclosure.Directory.HarvestDirectory;

/// <summary>An entry as harvesters get it.</summary>
internal sealed record HarvestedEntry
{
    public required Guid Id { get; init; }
    public required Guid SiteId { get; init; }
    public required long Sequence { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required bool Deleted { get; init; }
    public string? SubjectClass { get; init; }
    public string? Subject { get; init; }
    public string? StatutoryItem { get; init; }
    public required EntryMetadata Metadata { get; init; }
    public required IReadOnlyDictionary<string, string> CodeVersions { get; init; }
}

/// <summary>A part of a list.</summary>
/// <param name="Entries">In the order of the change sequence.</param>
/// <param name="More">There are others behind.</param>
/// <param name="Complete">Everything changed before this instant was there to be seen.</param>
internal sealed record HarvestPart(IReadOnlyList<HarvestedEntry> Entries, bool More, DateTimeOffset Complete);

/// <summary>
/// Reads the directory by its change sequence. An entry that changes during a harvest moves to its end, so that a
/// harvester that goes on sees it there.
/// </summary>
internal sealed class HarvestReader(DirectoryData data, TimeProvider clock)
{
    private const string Columns =
        """
        e.id, e.site_id, e.sequence, e.updated_at, e.published_at, e.state, e.subject_class, e.subject, e.statutory_item,
        e.metadata, e.code_versions
        """;

    public Task<HarvestPart> ListAsync(HarvestToken place, HarvestSet? set, int size, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return data.ReadAsync(
            async (reader, token) =>
            {
                var quiet = await reader.ReadAsync(token);
                await reader.NextResultAsync(token);
                await reader.ReadAsync(token);
                // While somebody writes, only what was there before is certain: what they write is dated no earlier.
                var last = reader.IsDBNull(0) ? now : reader.GetFieldValue<DateTimeOffset>(0);
                await reader.NextResultAsync(token);
                var rows = await DirectoryData.RowsAsync(reader, Read, token);
                return new HarvestPart([.. rows.Take(size)], rows.Count > size, quiet || last > now ? now : last);
            },
            cancellationToken,
            [Quiet(place.DirectoryId), Last(place.DirectoryId), ListOf(place, set, size)]);
    }

    public async Task<HarvestedEntry?> OneAsync(Guid directoryId, Guid id, CancellationToken cancellationToken)
    {
        var sql = new SqlText();
        sql.Text =
            $"""
            select {Columns} from disclosure.directory_entries e
            where e.id = {sql.Value(id)} and e.directory_id = {sql.Value(directoryId)} and e.sequence > 0
            """;
        return (await data.LookUpAsync(sql, Read, cancellationToken)).FirstOrDefault();
    }

    /// <summary>When the first change was made: no entry has an earlier one.</summary>
    public async Task<DateTimeOffset> EarliestAsync(Guid directoryId, CancellationToken cancellationToken)
    {
        var sql = new SqlText();
        sql.Text =
            $"""
            select c.at from disclosure.directory_changes c
            where c.directory_id = {sql.Value(directoryId)} order by c.sequence limit 1
            """;
        var first = await data.LookUpAsync(sql, row => row.GetFieldValue<DateTimeOffset>(0), cancellationToken);
        return first.Count > 0 ? first[0] : DateTimeOffset.UnixEpoch;
    }

    internal static SqlText ListOf(HarvestToken place, HarvestSet? set, int size)
    {
        var sql = new SqlText();
        var directory = sql.Value(place.DirectoryId);
        var where = $"e.directory_id = {directory} and e.sequence > {sql.Value(place.After)}";
        if (place.From is { } from)
        {
            var first = sql.Value(from.ToUniversalTime());
            where += $" and e.updated_at >= {first}";
            if (place.After == 0)
            {
                // Begins where the days begin. The sum keeps the planner from walking the sequence up to there.
                where += " and e.sequence >= (select min(f.sequence + 0) from disclosure.directory_entries f "
                    + $"where f.directory_id = {directory} and f.sequence > 0 and f.updated_at >= {first})";
            }
        }

        if (place.Before is { } before)
        {
            var end = sql.Value(before.ToUniversalTime());
            where += $" and e.updated_at < {end}"
                + " and e.sequence <= (select max(f.sequence + 0) from disclosure.directory_entries f "
                + $"where f.directory_id = {directory} and f.updated_at < {end})";
        }

        if (set is not null)
        {
            where += $" and e.{set.Column} = " + (set.Value is Guid id ? sql.Value(id) : sql.Value((string)set.Value));
        }

        sql.Text =
            $"""
            select {Columns} from disclosure.directory_entries e
            where {where}
            order by e.sequence limit {sql.Value(size + 1)}
            """;
        return sql;
    }

    // Whoever changes entries holds this row until the change is there to be seen (ADR 40).
    private static SqlText Quiet(Guid directoryId)
    {
        var sql = new SqlText();
        sql.Text = $"select 1 from disclosure.directories d where d.id = {sql.Value(directoryId)} for share skip locked";
        return sql;
    }

    private static SqlText Last(Guid directoryId)
    {
        var sql = new SqlText();
        sql.Text = $"select max(e.updated_at) from disclosure.directory_entries e where e.directory_id = {sql.Value(directoryId)} and e.sequence > 0";
        return sql;
    }

    private static HarvestedEntry Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        SiteId = row.GetGuid(1),
        Sequence = row.GetInt64(2),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(3),
        PublishedAt = row.GetFieldValue<DateTimeOffset>(4),
        Deleted = Enum.Parse<EntryState>(row.GetString(5)) != EntryState.Listed,
        SubjectClass = row.Text(6),
        Subject = row.Text(7),
        StatutoryItem = row.Text(8),
        Metadata = EntryMetadata.Read(row.GetString(9)),
        CodeVersions = row.Json<Dictionary<string, string>>(10),
    };
}
