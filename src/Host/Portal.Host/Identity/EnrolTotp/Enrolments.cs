using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Portal.Host.Identity;

/// <summary>
/// The state between a right password and a first right code: who, with which secret, sealed in the form for ten
/// minutes. Nothing is stored until the person has shown a code.
/// </summary>
internal sealed class Enrolments(IDataProtectionProvider protection, TimeProvider clock)
{
    public const string SecretPurpose = "Portal.TotpSecret";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly IDataProtector _protector = protection.CreateProtector("Portal.Enrolment");

    public string Begin(Staff staff) =>
        _protector.Protect(string.Join(
            ' ',
            staff.Id,
            staff.SecurityStamp,
            clock.GetUtcNow().Add(Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            Convert.ToHexString(Totp.NewSecret())));

    public Enrolment? Open(string? state)
    {
        if (string.IsNullOrEmpty(state))
        {
            return null;
        }

        try
        {
            var parts = _protector.Unprotect(state).Split(' ');
            return long.Parse(parts[2], CultureInfo.InvariantCulture) < clock.GetUtcNow().ToUnixTimeSeconds()
                ? null
                : new Enrolment(Guid.Parse(parts[0]), parts[1], Convert.FromHexString(parts[3]));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

internal sealed record Enrolment(Guid StaffId, string Stamp, byte[] Secret);
