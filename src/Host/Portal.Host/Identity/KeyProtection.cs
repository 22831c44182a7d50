using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;

namespace Portal.Host.Identity;

/// <summary>
/// The keys that seal tokens, links and one-time-code secrets lie in the database. With a certificate, whoever has read
/// the database or a backup of it has not read them (<c>Portal:KeyCertificate</c>).
/// </summary>
internal static class KeyProtection
{
    public const string Setting = "Portal:KeyCertificate";

    public static void AddKeyProtection(this IServiceCollection services, IConfiguration configuration)
    {
        var keys = services.AddDataProtection().SetApplicationName("Portal").PersistKeysToDbContext<HostDbContext>();
        if (configuration[Setting] is { Length: > 0 } path)
        {
            // Keys that were sealed with a former certificate stay readable after its renewal.
            var former = configuration.GetSection("Portal:FormerKeyCertificates").Get<string[]>() ?? [];
            keys.ProtectKeysWithCertificate(Read(path, configuration))
                .UnprotectKeysWithAnyCertificate([.. former.Select(old => Read(old, configuration))]);
        }
        else if (!configuration.GetValue<bool>("Portal:Demo"))
        {
            services.AddHostedService<BareKeysWarning>();
        }
    }

    private static X509Certificate2 Read(string path, IConfiguration configuration)
    {
        var password = configuration["Portal:KeyCertificatePasswordFile"] is { Length: > 0 } file
            ? File.ReadAllText(file).TrimEnd('\r', '\n')
            : configuration["Portal:KeyCertificatePassword"];
        var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
        return certificate.HasPrivateKey
            ? certificate
            : throw new InvalidOperationException($"{path} holds no private key: keys sealed with it could never be opened.");
    }
}

/// <summary>Says at each start that the keys lie open.</summary>
internal sealed partial class BareKeysWarning(ILogger<BareKeysWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogBare(KeyProtection.Setting);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        LogLevel.Warning,
        "The DataProtection keys lie unencrypted in the database: whoever reads it can forge tokens and read the secrets of "
        + "one-time codes. Set {Setting} to a PKCS #12 file (docs/operations.md, Keys)")]
    private partial void LogBare(string setting);
}
