using Npgsql;
using Portal.Disclosure.Directory;

namespace Portal.Disclosure.Openness;

/// <summary>
/// What the public reads of something that became public late, or has not yet (R-11, S-01, S-02): when it was due, when it
/// came, and the reasons that the organisation gave. Who wrote them stays with the organisation.
/// </summary>
public sealed record PublicLateness(
    OpennessKind Kind, DateTimeOffset DueAt, DateTimeOffset? DoneAt, IReadOnlyList<string> Reasons)
{
    private const int Most = 10;

    /// <summary>The latenesses of an entry, its own or those of the document that it describes.</summary>
    internal static SqlText Of(Guid entryId, DateTimeOffset now)
    {
        var sql = new SqlText();
        var (id, at) = (sql.Value(entryId), sql.Value(now.ToUniversalTime()));
        // Twice, since changes and all else have an index each.
        string Late(string kinds) =>
            $"""
            select i.kind, i.due_at, i.done_at, i.id from disclosure.openness_items i
            where i.subject_id in (
                {id}, (select e.document_id from disclosure.directory_entries e where e.id = {id}))
              and i.kind {kinds} and coalesce(i.done_at, {at}) >= i.due_at
            """;
        sql.Text =
            $"""
            select l.kind, l.due_at, l.done_at, coalesce((
              select array_agg(r.reason order by r.at) from disclosure.openness_reasons r where r.item_id = l.id), '{"{}"}')
            from ({Late("<> 'Changed'")} union all {Late("= 'Changed'")}) l
            order by l.due_at, l.kind limit {sql.Value(Most)}
            """;
        return sql;
    }

    internal static PublicLateness Read(NpgsqlDataReader row) => new(
        Enum.Parse<OpennessKind>(row.GetString(0)),
        row.GetFieldValue<DateTimeOffset>(1),
        row.IsDBNull(2) ? null : row.GetFieldValue<DateTimeOffset>(2),
        row.GetFieldValue<string[]>(3));
}
