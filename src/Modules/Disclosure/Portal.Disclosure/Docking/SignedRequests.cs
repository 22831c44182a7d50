using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Disclosure.Docking;

/// <summary>
/// How a docking request is signed: ECDSA P-256 with SHA-256 over the lines below, the signature in DER and Base64. Who
/// has the public key can check it and sign nothing (ADR 43).
/// </summary>
internal static class SignedRequests
{
    public const string KeyHeader = "X-Docking-Key";
    public const string TimeHeader = "X-Docking-Timestamp";
    public const string HashHeader = "X-Docking-Content-SHA256";
    public const string SignatureHeader = "X-Docking-Signature";
    public const string IdempotencyHeader = "Idempotency-Key";

    /// <summary>How far the clocks of both sides may differ; an older request is a replay.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>The hash of no body.</summary>
    public static readonly string EmptyHash = HashOf([]);

    public static string HashOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    /// <summary>The text that is signed.</summary>
    public static byte[] TextOf(string method, string target, string timestamp, string? idempotencyKey, string bodyHash) =>
        Encoding.UTF8.GetBytes(string.Join('\n', "portal-docking-v1", method, target, timestamp, idempotencyKey ?? "", bodyHash));

    public static string Sign(ECDsa key, byte[] text) =>
        Convert.ToBase64String(key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    public static bool Holds(ReadOnlySpan<byte> publicKey, byte[] text, string signature)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(signature.Length)];
        if (signature.Length > 200 || !Convert.TryFromBase64String(signature, bytes, out var written))
        {
            return false;
        }

        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        return key.VerifyData(text, bytes.AsSpan(0, written), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>The headers of a request that this platform sends.</summary>
    public static IReadOnlyList<(string Name, string Value)> HeadersOf(
        string keyId, ECDsa key, string method, string target, DateTimeOffset now, string? idempotencyKey = null,
        string? bodyHash = null)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = bodyHash ?? EmptyHash;
        return
        [
            (KeyHeader, keyId),
            (TimeHeader, timestamp),
            (HashHeader, hash),
            (SignatureHeader, Sign(key, TextOf(method, target, timestamp, idempotencyKey, hash))),
            .. idempotencyKey is null ? [] : new[] { (IdempotencyHeader, idempotencyKey) },
        ];
    }
}
