using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Portal.Disclosure.Docking;

/// <summary>Private keys that other sides have issued to this platform: kept under data protection, read to sign only.</summary>
internal sealed class RemoteKeys(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Portal.Disclosure.Docking.RemoteKey.v1");

    public string Seal(string pem) => _protector.Protect(pem);

    public ECDsa Open(string kept) => Read(_protector.Unprotect(kept))!;

    /// <summary>Reads a private key; null when it is none of ECDSA P-256.</summary>
    public static ECDsa? Read(string? pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize == 256 && key.ExportParameters(true).D is not null)
            {
                return key;
            }
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            // Said by the answer: it is no key.
        }

        key.Dispose();
        return null;
    }
}
