using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Audit.Trail;

/// <summary>
/// Text signed with ECDSA P-256, in the form of c2sp.org/signed-note: the text, an empty line, and a signature line
/// <c>— name base64(key id, signature)</c> whose key id is the start of the SHA-256 of the public key.
/// </summary>
internal static class SignedNote
{
    private const string Separator = "\n\n";
    private const int KeyIdLength = 4;

    public static string Sign(string text, string name, ECDsa key)
    {
        if (!text.EndsWith('\n') || text.Contains(Separator, StringComparison.Ordinal))
        {
            throw new ArgumentException("A note ends with one new line and holds no empty line.", nameof(text));
        }

        byte[] signature =
        [
            .. KeyId(key),
            .. key.SignData(
                Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
        ];
        return $"{text}\n\u2014 {name} {Convert.ToBase64String(signature)}\n";
    }

    /// <summary>The text of a note that carries a good signature of this key under this name.</summary>
    public static bool TryOpen(string note, string name, ECDsa key, [NotNullWhen(true)] out string? text)
    {
        text = null;
        var end = note.LastIndexOf(Separator, StringComparison.Ordinal);
        if (end < 0 || !note.EndsWith('\n'))
        {
            return false;
        }

        var signed = note[..(end + 1)];
        var prefix = $"\u2014 {name} ";
        foreach (var line in note[(end + Separator.Length)..].TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith(prefix, StringComparison.Ordinal) && IsSignature(line[prefix.Length..], signed, key))
            {
                text = signed;
                return true;
            }
        }

        return false;
    }

    public static byte[] KeyId(ECDsa key) =>
        SHA256.HashData(key.ExportSubjectPublicKeyInfo())[..KeyIdLength];

    private static bool IsSignature(string base64, string text, ECDsa key)
    {
        var signature = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, signature, out var length)
            && length > KeyIdLength
            && signature.AsSpan(0, KeyIdLength).SequenceEqual(KeyId(key))
            && key.VerifyData(
                Encoding.UTF8.GetBytes(text),
                signature.AsSpan(KeyIdLength, length - KeyIdLength),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence);
    }
}
