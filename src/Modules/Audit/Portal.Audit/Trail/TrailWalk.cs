using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Portal.Audit.Trail;

/// <summary>Something that is not as it was sealed.</summary>
/// <param name="Index">The first entry that it touches; null when no entry is concerned.</param>
/// <param name="DecisionId">That entry's decision, where the row still tells.</param>
/// <param name="What">What differs.</param>
internal sealed record TrailFinding(long? Index, Guid? DecisionId, string What);

/// <summary>Recomputes the tree entry by entry from the payloads and compares everything stored with it.</summary>
internal sealed class TrailWalk(AuditDbContext db, TrailKey key, CompactRange range)
{
    private const int ChunkSize = 2048;

    public CompactRange Range { get; } = range;

    /// <summary>Walks on until the tree has that many leaves, or up to the first bad entry.</summary>
    /// <param name="size">Where to stop.</param>
    /// <param name="visit">Called with the tree after each entry; it may find fault with it.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    public async Task<TrailFinding?> AdvanceAsync(
        long size, Func<CompactRange, TrailFinding?> visit, CancellationToken cancellationToken)
    {
        while (Range.Size < size)
        {
            var (start, end) = (Range.Size, Math.Min(size, Range.Size + ChunkSize));
            var entries = await db.Entries.AsNoTracking()
                .Where(entry => entry.Index >= start && entry.Index < end)
                .OrderBy(entry => entry.Index)
                .ToListAsync(cancellationToken);
            var nodes = await NodesAsync(start, end, cancellationToken);
            foreach (var entry in entries)
            {
                if ((Check(entry, nodes) ?? visit(Range)) is { } finding)
                {
                    return finding;
                }
            }

            if (Range.Size < end)
            {
                return Missing(Range.Size);
            }
        }

        return null;
    }

    private static TrailFinding Missing(long index) => new(index, null, "the entry is missing");

    private TrailFinding? Check(Entry entry, Dictionary<NodeId, byte[]> nodes)
    {
        if (entry.Index > Range.Size)
        {
            return Missing(Range.Size);
        }

        if (CheckRow(entry) is { } what)
        {
            return new TrailFinding(entry.Index, entry.DecisionId, what);
        }

        foreach (var (id, hash) in Range.Append(entry.LeafHash))
        {
            if (!nodes.TryGetValue(id, out var stored) || !hash.AsSpan().SequenceEqual(stored))
            {
                return new TrailFinding(
                    entry.Index,
                    entry.DecisionId,
                    $"the stored tree node {id.Level}/{id.Index} above it is {(stored is null ? "missing" : "another")}");
            }
        }

        return null;
    }

    private string? CheckRow(Entry entry)
    {
        if (entry.Index < Range.Size)
        {
            return "the index occurs twice";
        }

        if (!MerkleTree.HashLeaf(Encoding.UTF8.GetBytes(entry.Payload)).AsSpan().SequenceEqual(entry.LeafHash))
        {
            return "payload and leaf hash do not belong together";
        }

        if (!key.IsSeal(entry.Seal, entry.Index, entry.LeafHash))
        {
            return "the seal is not one that this trail's key made for this place";
        }

        try
        {
            return entry.Differences() is { Count: > 0 } columns
                ? $"the columns {string.Join(", ", columns)} differ from the payload"
                : null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>The stored nodes that the entries from start up to end complete.</summary>
    private async Task<Dictionary<NodeId, byte[]>> NodesAsync(
        long start, long end, CancellationToken cancellationToken)
    {
        var levels = Enumerable.Range(1, 62).TakeWhile(level => end >> level > 0).ToArray();
        var (first, last) = (
            levels.Select(level => start >> level).ToArray(), levels.Select(level => end >> level).ToArray());
        return await db.TreeNodes
            .FromSql(
                $"""
                select n.* from unnest({levels}, {first}, {last}) as wanted(level, first, last)
                join audit.tree_nodes n on n.level = wanted.level and n.index >= wanted.first and n.index < wanted.last
                """)
            .AsNoTracking()
            .ToDictionaryAsync(node => new NodeId(node.Level, node.Index), node => node.Hash, cancellationToken);
    }
}
