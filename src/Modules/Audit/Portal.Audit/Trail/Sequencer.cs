using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Portal.Shared.Decisions;

namespace Portal.Audit.Trail;

/// <summary>Gives decisions their place in the trail, one transaction at a time over all hosts.</summary>
internal sealed class Sequencer(AuditDbContext db, TrailVault vault, TimeProvider clock)
{
    // "trail" in ASCII: whoever appends holds it until the transaction ends. Not waiting for the disk here loses nothing:
    // the dispatcher marks the fact as delivered in a later commit of the same log, so either both are on the disk or the
    // fact is delivered again.
    private const string LockSql =
        "select set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(x'747261696c'::bigint)";

    private const string KnownSql = "select decision_id, payload from audit.entries where decision_id = any($1)";

    // Scalar subqueries: a lookup by key each, whatever the planner thinks of the tables' sizes.
    private const string EdgeSql =
        """
        select trail.size, coalesce(
          case when edge.level = 0
            then (select e.leaf_hash from audit.entries e where e.index = trail.size - 1)
            else (select n.hash from audit.tree_nodes n
                  where n.level = edge.level and n.index = (trail.size >> edge.level) - 1) end, '') as hash
        from (select coalesce(max(index) + 1, 0) as size from audit.entries) trail,
             generate_series(62, 0, -1) as edge(level)
        where (trail.size >> edge.level) & 1 = 1
        order by edge.level desc
        """;

    /// <summary>
    /// Adds the entries and the nodes they complete to the caller's transaction; a sealed decision is left alone.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another decision was sealed under an id; nothing was added.</exception>
    public async Task AppendAsync(IReadOnlyList<DecisionTaken> decisions, CancellationToken cancellationToken)
    {
        var (known, range) = await ReadAsync([.. decisions.Select(decision => decision.Id)], cancellationToken);
        foreach (var decision in decisions)
        {
            var canonical = Entry.Canonical(decision);
            if (known.TryGetValue(decision.Id, out var payload))
            {
                if (Entry.Read(payload, [], []).Decision() != canonical)
                {
                    throw new InvalidOperationException($"Decision {decision.Id} was sealed with another content.");
                }

                continue;
            }

            var entry = Entry.Make(range.Size, canonical, clock.GetUtcNow(), vault.KeyFor(range.Size));
            db.Entries.Add(entry);
            db.TreeNodes.AddRange(range.Append(entry.LeafHash)
                .Select(node => new TreeNode { Level = node.Id.Level, Index = node.Id.Index, Hash = node.Hash }));
            known.Add(decision.Id, entry.Payload);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>
    /// Takes the lock and reads, in one round trip, with statements that each connection plans once: appends wait for
    /// one another.
    /// </summary>
    private async Task<(Dictionary<Guid, string> Known, CompactRange Edge)> ReadAsync(
        Guid[] decisions, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(
            (NpgsqlConnection)db.Database.GetDbConnection(),
            (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LockSql));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(KnownSql)
        {
            Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = decisions } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(EdgeSql));
        await batch.PrepareAsync(cancellationToken);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        Dictionary<Guid, string> known = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            known.Add(reader.GetGuid(0), reader.GetString(1));
        }

        await reader.NextResultAsync(cancellationToken);
        long size = 0;
        List<byte[]> hashes = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            size = reader.GetInt64(0);
            hashes.Add(reader.GetFieldValue<byte[]>(1));
        }

        return (known, size == 0 ? new CompactRange() : new CompactRange(size, hashes));
    }
}
