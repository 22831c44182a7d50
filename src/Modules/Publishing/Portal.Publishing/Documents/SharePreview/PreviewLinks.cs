using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Portal.Publishing.Documents.SharePreview;

/// <summary>What a preview link is for.</summary>
/// <param name="EditionId">The edition.</param>
/// <param name="Content">Fingerprint of the content it was made for.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record PreviewLink(Guid EditionId, string Content, DateTimeOffset ExpiresAt);

/// <summary>
/// Signed links that show one content of one edition to somebody without an account, for a time. Nothing is stored: a
/// change of the content or the time ends a link.
/// </summary>
internal sealed class PreviewLinks(IDataProtectionProvider protection)
{
    private const int Length = 16 + 8 + 16;

    private readonly IDataProtector _protector = protection.CreateProtector("Portal.Publishing.Preview.v1");

    public string Write(PreviewLink link)
    {
        var bytes = new byte[Length];
        link.EditionId.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), link.ExpiresAt.ToUnixTimeSeconds());
        Convert.FromHexString(link.Content).CopyTo(bytes, 24);
        return WebEncoders.Base64UrlEncode(_protector.Protect(bytes));
    }

    /// <summary>The link of a token; null for one that nobody here signed.</summary>
    public PreviewLink? Read(string token)
    {
        try
        {
            var bytes = _protector.Unprotect(WebEncoders.Base64UrlDecode(token));
            return bytes.Length == Length
                ? new PreviewLink(
                    new Guid(bytes.AsSpan(0, 16)),
                    Convert.ToHexStringLower(bytes.AsSpan(24)),
                    DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(16))))
                : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The fingerprint a link keeps of an edition's content.</summary>
    public static string ContentOf(Edition edition) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(edition.ContentHash)).AsSpan(0, 16));
}
