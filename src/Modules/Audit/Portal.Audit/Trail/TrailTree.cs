using Microsoft.EntityFrameworkCore;

namespace Portal.Audit.Trail;

/// <summary>Reads the stored tree: roots and proofs in two queries, whatever its size.</summary>
internal sealed class TrailTree(AuditDbContext db)
{
    public Task<IReadOnlyList<byte[]>> InclusionProofAsync(long index, long size, CancellationToken cancellationToken) =>
        HashesAsync(MerkleTree.InclusionPath(index, size), cancellationToken);

    public Task<IReadOnlyList<byte[]>> ConsistencyProofAsync(
        long oldSize, long newSize, CancellationToken cancellationToken) =>
        HashesAsync(MerkleTree.ConsistencyPath(oldSize, newSize), cancellationToken);

    /// <summary>The right edge of the tree when it had that many leaves.</summary>
    public async Task<CompactRange> EdgeAsync(long size, CancellationToken cancellationToken)
    {
        var nodes = await NodesAsync([.. CompactRange.Frontier(size)], cancellationToken);
        return new CompactRange(size, CompactRange.Frontier(size).Select(id => nodes[id]));
    }

    private async Task<IReadOnlyList<byte[]>> HashesAsync(
        IReadOnlyList<LeafRange> ranges, CancellationToken cancellationToken)
    {
        var nodes = await NodesAsync([.. ranges.SelectMany(MerkleTree.NodesOf)], cancellationToken);
        return [.. ranges.Select(range => MerkleTree.HashOf(range, id => nodes[id]))];
    }

    private async Task<Dictionary<NodeId, byte[]>> NodesAsync(
        IReadOnlyList<NodeId> ids, CancellationToken cancellationToken)
    {
        var leaves = ids.Where(id => id.Level == 0).Select(id => id.Index).ToArray();
        var nodes = leaves.Length == 0
            ? []
            : await db.Entries.AsNoTracking()
                .Where(entry => leaves.Contains(entry.Index))
                .ToDictionaryAsync(entry => new NodeId(0, entry.Index), entry => entry.LeafHash, cancellationToken);
        var (levels, indexes) = (
            ids.Where(id => id.Level > 0).Select(id => id.Level).ToArray(),
            ids.Where(id => id.Level > 0).Select(id => id.Index).ToArray());
        var inner = await db.TreeNodes
            .FromSql(
                $"""
                select n.* from unnest({levels}, {indexes}) as wanted(level, index)
                join audit.tree_nodes n on n.level = wanted.level and n.index = wanted.index
                """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        foreach (var node in inner)
        {
            nodes.Add(new NodeId(node.Level, node.Index), node.Hash);
        }

        return ids.All(nodes.ContainsKey)
            ? nodes
            : throw new InvalidDataException("The trail lacks nodes of its own tree: run the verification.");
    }
}
