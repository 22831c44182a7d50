using Microsoft.EntityFrameworkCore;
using Portal.Shared.Decisions;

namespace Portal.Audit.Trail;

/// <summary>Gives decisions their place in the trail, one at a time over all hosts.</summary>
internal sealed class Sequencer(AuditDbContext db, TrailVault vault, TimeProvider clock)
{
    // "trail": whoever appends holds it until the transaction ends.
    private const long Lock = 0x747261696c;

    /// <summary>Adds the entry and the nodes it completes to the caller's transaction; a sealed decision is left alone.</summary>
    /// <exception cref="InvalidOperationException">Another decision was sealed under this id.</exception>
    public async Task AppendAsync(DecisionTaken decision, CancellationToken cancellationToken)
    {
        // Not waiting for the disk here loses nothing: the dispatcher marks the fact as delivered in a later commit of
        // the same log, so either both are on the disk or the fact is delivered again.
        await db.Database.ExecuteSqlAsync(
            $"select set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock({Lock})", cancellationToken);
        if (await db.Entries.AsNoTracking().FirstOrDefaultAsync(
            entry => entry.DecisionId == decision.Id, cancellationToken) is { } known)
        {
            if (known.Decision() != Entry.Canonical(decision))
            {
                throw new InvalidOperationException($"Decision {decision.Id} was sealed with another content.");
            }

            return;
        }

        var range = await ReadEdgeAsync(cancellationToken);
        var entry = Entry.Make(range.Size, decision, clock.GetUtcNow(), vault.KeyFor(range.Size));
        db.Entries.Add(entry);
        db.TreeNodes.AddRange(range.Append(entry.LeafHash)
            .Select(node => new TreeNode { Level = node.Id.Level, Index = node.Id.Index, Hash = node.Hash }));
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<CompactRange> ReadEdgeAsync(CancellationToken cancellationToken)
    {
        // Scalar subqueries: a lookup by key each, whatever the planner thinks of the tables' sizes.
        var edge = await db.Database.SqlQuery<EdgeNode>(
            $"""
            select trail.size, coalesce(
              case when edge.level = 0
                then (select e.leaf_hash from audit.entries e where e.index = trail.size - 1)
                else (select n.hash from audit.tree_nodes n
                      where n.level = edge.level and n.index = (trail.size >> edge.level) - 1) end, '') as hash
            from (select coalesce(max(index) + 1, 0) as size from audit.entries) trail,
                 generate_series(62, 0, -1) as edge(level)
            where (trail.size >> edge.level) & 1 = 1
            order by edge.level desc
            """).ToListAsync(cancellationToken);
        return edge.Count == 0
            ? new CompactRange()
            : new CompactRange(edge[0].Size, edge.Select(node => node.Hash));
    }

    private sealed record EdgeNode(long Size, byte[] Hash);
}
