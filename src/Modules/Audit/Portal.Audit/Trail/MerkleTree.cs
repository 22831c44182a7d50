using System.Numerics;
using System.Security.Cryptography;

namespace Portal.Audit.Trail;

/// <summary>A complete subtree: it covers the leaves from Index × 2^Level up to (Index + 1) × 2^Level.</summary>
internal readonly record struct NodeId(int Level, long Index)
{
    public long End => (Index + 1) << Level;
}

/// <summary>Leaves from Start up to, but without, End.</summary>
internal readonly record struct LeafRange(long Start, long End);

/// <summary>The tree hashing of RFC 9162 §2.1, with its inclusion and consistency proofs.</summary>
/// <remarks>
/// Proofs are computed as ranges first, so that a caller can fetch every node they need in one query: a range is
/// made of at most one complete subtree a level.
/// </remarks>
internal static class MerkleTree
{
    public const int HashSize = SHA256.HashSizeInBytes;

    public static byte[] EmptyRoot => SHA256.HashData([]);

    public static byte[] HashLeaf(ReadOnlySpan<byte> data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0x00]);
        hash.AppendData(data);
        return hash.GetHashAndReset();
    }

    public static byte[] HashChildren(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> data = stackalloc byte[1 + HashSize + HashSize];
        data[0] = 0x01;
        left.CopyTo(data[1..]);
        right.CopyTo(data[(1 + HashSize)..]);
        return SHA256.HashData(data);
    }

    /// <summary>PATH(m, D[n]) of RFC 9162 §2.1.3.1.</summary>
    public static IReadOnlyList<LeafRange> InclusionPath(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<LeafRange>();
        var (start, end) = (0L, size);
        while (end - start > 1)
        {
            var split = start + LargestPowerBelow(end - start);
            if (index < split)
            {
                path.Add(new LeafRange(split, end));
                end = split;
            }
            else
            {
                path.Add(new LeafRange(start, split));
                start = split;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>PROOF(m, D[n]) of RFC 9162 §2.1.4.1.</summary>
    public static IReadOnlyList<LeafRange> ConsistencyPath(long oldSize, long newSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        var path = new List<LeafRange>();
        var (start, end) = (0L, newSize);
        while (oldSize != end)
        {
            var split = start + LargestPowerBelow(end - start);
            if (oldSize <= split)
            {
                path.Add(new LeafRange(split, end));
                end = split;
            }
            else
            {
                path.Add(new LeafRange(start, split));
                start = split;
            }
        }

        // The verifier already holds the old root: it is sent only when the old tree is not a left subtree of the new.
        if (start != 0)
        {
            path.Add(new LeafRange(start, end));
        }

        path.Reverse();
        return path;
    }

    /// <summary>The complete subtrees that make up a range of <see cref="InclusionPath"/> or a whole tree.</summary>
    public static IEnumerable<NodeId> NodesOf(LeafRange range)
    {
        for (var start = range.Start; start < range.End;)
        {
            var level = BitOperations.Log2((ulong)(range.End - start));
            yield return new NodeId(level, start >> level);
            start += 1L << level;
        }
    }

    public static byte[] HashOf(LeafRange range, Func<NodeId, byte[]> node)
    {
        byte[]? hash = null;
        foreach (var id in NodesOf(range).Reverse())
        {
            hash = hash is null ? node(id) : HashChildren(node(id), hash);
        }

        return hash ?? EmptyRoot;
    }

    /// <summary>RFC 9162 §2.1.3.2.</summary>
    public static bool VerifyInclusion(
        long index, long size, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        var (node, last, hash) = (index, size - 1, leafHash.ToArray());
        foreach (var sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = HashChildren(sibling, hash);
                while ((node & 1) == 0 && node != 0)
                {
                    (node, last) = (node >> 1, last >> 1);
                }
            }
            else
            {
                hash = HashChildren(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>RFC 9162 §2.1.4.2.</summary>
    public static bool VerifyConsistency(
        long oldSize, long newSize, ReadOnlySpan<byte> oldRoot, ReadOnlySpan<byte> newRoot, IReadOnlyList<byte[]> proof)
    {
        if (oldSize <= 0 || oldSize > newSize)
        {
            return false;
        }

        if (oldSize == newSize)
        {
            return proof.Count == 0 && oldRoot.SequenceEqual(newRoot);
        }

        IReadOnlyList<byte[]> path = BitOperations.IsPow2(oldSize) ? [oldRoot.ToArray(), .. proof] : proof;
        if (path.Count == 0)
        {
            return false;
        }

        var (node, last) = (oldSize - 1, newSize - 1);
        while ((node & 1) == 1)
        {
            (node, last) = (node >> 1, last >> 1);
        }

        var (oldHash, newHash) = (path[0], path[0]);
        foreach (var sibling in path.Skip(1))
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                oldHash = HashChildren(sibling, oldHash);
                newHash = HashChildren(sibling, newHash);
                while ((node & 1) == 0 && node != 0)
                {
                    (node, last) = (node >> 1, last >> 1);
                }
            }
            else
            {
                newHash = HashChildren(newHash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && oldRoot.SequenceEqual(oldHash) && newRoot.SequenceEqual(newHash);
    }

    private static long LargestPowerBelow(long count) => 1L << BitOperations.Log2((ulong)(count - 1));
}
