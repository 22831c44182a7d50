using System.Text;
using FsCheck.Xunit;
using Portal.Audit.Trail;

namespace Portal.Audit.Tests.Trail;

public sealed class MerkleTreeTests
{
    private const int Sizes = 300;

    private static readonly byte[][] Leaves =
        [.. Enumerable.Range(0, Sizes).Select(i => Encoding.UTF8.GetBytes($"leaf {i}"))];

    private static readonly NaiveTree Oracle = new(Leaves);

    // The test data of RFC 6962's reference implementation.
    private static readonly string[] ReferenceLeaves =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] ReferenceRoots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void Roots_match_the_published_vectors()
    {
        var range = new CompactRange();
        Assert.Equal(ReferenceRoots[0], Convert.ToHexStringLower(range.Root()));
        for (var i = 0; i < ReferenceLeaves.Length; i++)
        {
            range.Append(MerkleTree.HashLeaf(Convert.FromHexString(ReferenceLeaves[i])));
            Assert.Equal(ReferenceRoots[i + 1], Convert.ToHexStringLower(range.Root()));
        }
    }

    [Fact]
    public void Roots_match_the_oracle_at_every_size()
    {
        var nodes = Grow(Leaves, out var roots);
        for (var size = 0; size <= Sizes; size++)
        {
            var expected = Oracle.Root(size);
            Assert.Equal(expected, roots[size]);
            Assert.Equal(expected, MerkleTree.HashOf(new LeafRange(0, size), id => nodes[id]));
        }
    }

    [Fact]
    public void Appending_completes_each_subtree_exactly_once()
    {
        var range = new CompactRange();
        var seen = new HashSet<NodeId>();
        foreach (var leaf in Leaves)
        {
            foreach (var (id, _) in range.Append(MerkleTree.HashLeaf(leaf)))
            {
                Assert.True(seen.Add(id));
                Assert.Equal(range.Size, id.End);
            }
        }

        Assert.Equal(Enumerable.Range(1, 9).Sum(level => Sizes >> level), seen.Count);
    }

    [Fact]
    public void A_range_restored_from_its_frontier_grows_on()
    {
        var nodes = Grow(Leaves, out var roots);
        for (var size = 0; size < Sizes; size++)
        {
            var range = new CompactRange(size, CompactRange.Frontier(size).Select(id => nodes[id]));
            range.Append(MerkleTree.HashLeaf(Leaves[size]));
            Assert.Equal(roots[size + 1], range.Root());
        }
    }

    [Fact]
    public void Inclusion_proofs_match_the_oracle_for_every_index_of_every_size()
    {
        var nodes = Grow(Leaves, out var roots);
        for (var size = 1; size <= Sizes; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var proof = Hashes(MerkleTree.InclusionPath(index, size), nodes);
                Assert.Equal(Oracle.Path(index, size), proof);
                var leaf = nodes[new NodeId(0, index)];
                Assert.True(MerkleTree.VerifyInclusion(index, size, leaf, proof, roots[size]));
                Assert.False(MerkleTree.VerifyInclusion(index, size, leaf, proof, roots[size - 1]));
            }
        }
    }

    [Fact]
    public void Consistency_proofs_match_the_oracle_for_every_pair_of_sizes()
    {
        var nodes = Grow(Leaves, out var roots);
        for (var size = 1; size <= Sizes; size++)
        {
            for (var old = 1; old <= size; old++)
            {
                var proof = Hashes(MerkleTree.ConsistencyPath(old, size), nodes);
                Assert.Equal(Oracle.Proof(old, size), proof);
                Assert.True(MerkleTree.VerifyConsistency(old, size, roots[old], roots[size], proof));
                Assert.False(MerkleTree.VerifyConsistency(old, size, roots[old - 1], roots[size], proof));
                Assert.False(MerkleTree.VerifyConsistency(old, size, roots[old], roots[size - 1], proof));
            }
        }
    }

    [Property]
    public void A_changed_proof_proves_nothing(uint seed, byte flip)
    {
        var size = (int)(seed % 200) + 2;
        var index = (int)(seed / 200 % (uint)size);
        var nodes = Grow(Leaves[..size], out var roots);
        var proof = Hashes(MerkleTree.InclusionPath(index, size), nodes);
        var leaf = nodes[new NodeId(0, index)];

        Assert.False(MerkleTree.VerifyInclusion(index, size, leaf, [.. proof, roots[size]], roots[size]));
        Assert.False(MerkleTree.VerifyInclusion(index, size, leaf, proof[..^1], roots[size]));
        Assert.False(MerkleTree.VerifyInclusion((index + 1) % size, size, leaf, proof, roots[size]));
        proof[flip % proof.Count] = [.. proof[flip % proof.Count]];
        proof[flip % proof.Count][flip % MerkleTree.HashSize] ^= (byte)(flip | 1);
        Assert.False(MerkleTree.VerifyInclusion(index, size, leaf, proof, roots[size]));
    }

    [Property]
    public void A_leaf_is_never_a_node(byte[] left, byte[] right)
    {
        var (a, b) = (MerkleTree.HashLeaf(left), MerkleTree.HashLeaf(right));
        Assert.NotEqual(MerkleTree.HashChildren(a, b), MerkleTree.HashLeaf([.. a, .. b]));
    }

    [Property]
    public void Any_history_is_consistent_with_what_follows_it(byte[][] first, byte[][] more)
    {
        byte[][] leaves = [.. first.Select(leaf => leaf ?? []), [1], .. more.Select(leaf => leaf ?? [])];
        var nodes = Grow(leaves, out var roots);
        var old = first.Length + 1;

        var proof = Hashes(MerkleTree.ConsistencyPath(old, leaves.Length), nodes);

        Assert.Equal(new NaiveTree(leaves).Root(leaves.Length), roots[^1]);
        Assert.True(MerkleTree.VerifyConsistency(old, leaves.Length, roots[old], roots[^1], proof));
    }

    private static Dictionary<NodeId, byte[]> Grow(byte[][] leaves, out List<byte[]> roots)
    {
        var nodes = new Dictionary<NodeId, byte[]>();
        var range = new CompactRange();
        roots = [range.Root()];
        foreach (var leaf in leaves)
        {
            var hash = MerkleTree.HashLeaf(leaf);
            nodes.Add(new NodeId(0, range.Size), hash);
            foreach (var (id, node) in range.Append(hash))
            {
                nodes.Add(id, node);
            }

            roots.Add(range.Root());
        }

        return nodes;
    }

    private static List<byte[]> Hashes(IReadOnlyList<LeafRange> path, Dictionary<NodeId, byte[]> nodes) =>
        [.. path.Select(range => MerkleTree.HashOf(range, id => nodes[id]))];
}
