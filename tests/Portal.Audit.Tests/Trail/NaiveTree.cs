using System.Security.Cryptography;

namespace Portal.Audit.Tests.Trail;

/// <summary>RFC 9162 §2.1 word for word: recursive, remembering roots only, sharing no line with what it checks.</summary>
internal sealed class NaiveTree(byte[][] leaves)
{
    private readonly Dictionary<(int Start, int End), byte[]> _roots = [];

    public byte[] Root(int size) => Root(0, size);

    public List<byte[]> Path(int m, int size) => Path(m, 0, size);

    public List<byte[]> Proof(int m, int size) => SubProof(m, 0, size, true);

    private byte[] Root(int start, int end)
    {
        if (!_roots.TryGetValue((start, end), out var root))
        {
            var k = Split(end - start);
            root = (end - start) switch
            {
                0 => SHA256.HashData([]),
                1 => SHA256.HashData([0, .. leaves[start]]),
                _ => SHA256.HashData([1, .. Root(start, start + k), .. Root(start + k, end)]),
            };
            _roots.Add((start, end), root);
        }

        return root;
    }

    private List<byte[]> Path(int m, int start, int end)
    {
        if (end - start == 1)
        {
            return [];
        }

        var k = Split(end - start);
        return m < k
            ? [.. Path(m, start, start + k), Root(start + k, end)]
            : [.. Path(m - k, start + k, end), Root(start, start + k)];
    }

    private List<byte[]> SubProof(int m, int start, int end, bool known)
    {
        if (m == end - start)
        {
            return known ? [] : [Root(start, end)];
        }

        var k = Split(end - start);
        return m <= k
            ? [.. SubProof(m, start, start + k, known), Root(start + k, end)]
            : [.. SubProof(m - k, start + k, end, false), Root(start, start + k)];
    }

    private static int Split(int count)
    {
        var k = 1;
        while (k * 2 < count)
        {
            k *= 2;
        }

        return k;
    }
}
