using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Portal.Audit.Trail;

/// <summary>
/// The trail's ECDSA P-256 key. It lies outside the database, so that whoever may write there still cannot sign what
/// they wrote. Losing it stops sealing; it is backed up apart from the database.
/// </summary>
internal sealed class TrailKey
{
    /// <summary>How the name of every platform's statements begins.</summary>
    public const string StatementPrefix = "portal-statement/";

    private static readonly byte[] SealPurpose = "portal trail seal"u8.ToArray();

    private readonly Lock _signing = new();
    private readonly ECDsa _key;
    private readonly byte[] _sealKey;

    private TrailKey(ECDsa key)
    {
        _key = key;
        _sealKey = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, key.ExportParameters(true).D!, MerkleTree.HashSize, info: SealPurpose);
        Origin = "portal-trail/" + Convert.ToHexStringLower(SignedNote.KeyId(key));
        StatementName = StatementPrefix + Convert.ToHexStringLower(SignedNote.KeyId(key));
    }

    /// <summary>The trail's name in its checkpoints: one name a key, so that two trails are never mixed up.</summary>
    public string Origin { get; }

    /// <summary>The name under which it signs what is no checkpoint, so that neither passes for the other.</summary>
    public string StatementName { get; }

    public static string PathIn(string dataPath) => Path.Combine(dataPath, "keys", "audit.pem");

    public static TrailKey? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return new TrailKey(key);
    }

    /// <summary>Makes the key, unless somebody else just did.</summary>
    public static TrailKey Create(string path)
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = Path.Combine(folder.FullName, $".{Guid.CreateVersion7():N}.pem");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        using (var file = new FileStream(draft, options))
        using (var writer = new StreamWriter(file))
        {
            writer.Write(key.ExportPkcs8PrivateKeyPem());
            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }

        return Read(path)!;
    }

    public string PublicPem() => _key.ExportSubjectPublicKeyInfoPem();

    public string Sign(string text) => SignedNote.Sign(text, Origin, _key);

    public string SignStatement(string kind, IReadOnlyList<string> lines)
    {
        string[] said = [StatementName, kind, .. lines];
        if (said.Any(line => line.Trim() is var bare && (bare.Length == 0 || bare != line || bare.AsSpan().IndexOfAny('\r', '\n') >= 0)))
        {
            throw new ArgumentException("No line of a statement is empty, breaks or has blanks around it.", nameof(lines));
        }

        // Many visitors' receipts are signed at once; a key is not made for that.
        lock (_signing)
        {
            return SignedNote.Sign(string.Join('\n', said) + "\n", StatementName, _key);
        }
    }

    public bool IsStatement(string note)
    {
        lock (_signing)
        {
            return SignedNote.TryOpen(note, StatementName, _key, out var text)
                && text.StartsWith(StatementName + "\n", StringComparison.Ordinal);
        }
    }

    public bool TryOpen(string note, [NotNullWhen(true)] out string? text) =>
        SignedNote.TryOpen(note, Origin, _key, out text);

    public byte[] Seal(long index, ReadOnlySpan<byte> leafHash)
    {
        Span<byte> data = stackalloc byte[sizeof(long) + MerkleTree.HashSize];
        BinaryPrimitives.WriteInt64BigEndian(data, index);
        leafHash.CopyTo(data[sizeof(long)..]);
        return HMACSHA256.HashData(_sealKey, data);
    }

    public bool IsSeal(ReadOnlySpan<byte> seal, long index, ReadOnlySpan<byte> leafHash) =>
        CryptographicOperations.FixedTimeEquals(seal, Seal(index, leafHash));
}
