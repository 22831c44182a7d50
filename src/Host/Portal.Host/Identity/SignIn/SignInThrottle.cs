using System.Net;
using Microsoft.AspNetCore.Identity;
using Portal.Shared.Throttling;
using Portal.Shared.Web;

namespace Portal.Host.Identity.SignIn;

internal sealed class SignInWindowConfiguration() : TryWindowConfiguration("sign_in_windows");

/// <summary>
/// Limits tries to sign in, counted in the database for all hosts together: by name, against many addresses at one
/// account, and by address, against many accounts from one place.
/// </summary>
internal sealed class SignInThrottle(
    Throttle<HostDbContext> throttle, ILookupNormalizer normalizer, IConfiguration configuration)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public const int AddressDefault = 30;
    private const int NameDefault = 12;

    // Too short to prove what was typed: a name that is nobody's may be a password in the wrong box.
    private const int NameBytes = 4;

    private readonly int _perAddress = configuration.GetValue("Portal:SignInsPerMinute", AddressDefault);
    private readonly int _perName = configuration.GetValue("Portal:SignInsPerNameAndMinute", NameDefault);

    /// <summary>Counts a try; false when it is one too many.</summary>
    public async Task<bool> TakeAsync(IPAddress? address, string? name, CancellationToken cancellationToken) =>
        (await throttle.TakeAsync("address", NetworkBlock.Of(address), _perAddress, Window, cancellationToken)).Granted
        && (string.IsNullOrWhiteSpace(name)
            || (await throttle.TakeAsync(
                "name", normalizer.NormalizeName(name.Trim()), _perName, Window, cancellationToken, NameBytes)).Granted);
}
