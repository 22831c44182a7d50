namespace Portal.Audit.Trail;

/// <summary>The O(log n) hashes on the right edge of a tree: all that is needed to append to it and to know its root.</summary>
internal sealed class CompactRange
{
    private readonly List<byte[]> _hashes;

    public CompactRange()
        : this(0, [])
    {
    }

    /// <param name="size">The number of leaves so far.</param>
    /// <param name="hashes">The hashes of <see cref="Frontier"/> for that size, from left to right.</param>
    public CompactRange(long size, IEnumerable<byte[]> hashes)
    {
        _hashes = [.. hashes];
        Size = size;
        if (_hashes.Count != long.PopCount(size))
        {
            throw new ArgumentException($"A tree of {size} leaves has {long.PopCount(size)} edge nodes.", nameof(hashes));
        }
    }

    public long Size { get; private set; }

    public static IEnumerable<NodeId> Frontier(long size) => MerkleTree.NodesOf(new LeafRange(0, size));

    /// <summary>Appends a leaf and returns the subtrees above it that it completes, from the lowest.</summary>
    public IReadOnlyList<(NodeId Id, byte[] Hash)> Append(byte[] leafHash)
    {
        var completed = new List<(NodeId Id, byte[] Hash)>();
        var hash = leafHash;
        for (var level = 0; ((Size >> level) & 1) == 1; level++)
        {
            hash = MerkleTree.HashChildren(_hashes[^1], hash);
            _hashes.RemoveAt(_hashes.Count - 1);
            completed.Add((new NodeId(level + 1, Size >> (level + 1)), hash));
        }

        _hashes.Add(hash);
        Size++;
        return completed;
    }

    public byte[] Root()
    {
        if (_hashes.Count == 0)
        {
            return MerkleTree.EmptyRoot;
        }

        var root = _hashes[^1];
        for (var i = _hashes.Count - 2; i >= 0; i--)
        {
            root = MerkleTree.HashChildren(_hashes[i], root);
        }

        return root;
    }
}
