using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.Host.Identity;
using Portal.Testing;

namespace Portal.Host.Tests.Identity;

/// <summary>A host whose keys are sealed with a certificate of its own, and a second one that has none.</summary>
public sealed class SealedHost : PortalHost
{
    private const string Secret = "password of the file";

    private readonly string _folder = Directory.CreateTempSubdirectory("portal-test-keys-").FullName;

    protected override IEnumerable<KeyValuePair<string, string?>> Configuration =>
    [
        new("Portal:KeyCertificate", Path.Combine(_folder, "keys.p12")),
        new("Portal:KeyCertificatePasswordFile", Path.Combine(_folder, "password")),
    ];

    public override async ValueTask InitializeAsync()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=portal keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        await File.WriteAllBytesAsync(Path.Combine(_folder, "keys.p12"), certificate.Export(X509ContentType.Pkcs12, Secret));
        await File.WriteAllTextAsync(Path.Combine(_folder, "password"), Secret + "\n");
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Another host on the same database.</summary>
    internal sealed class Another(SealedHost first, bool withCertificate) : PortalHost
    {
        protected override PortalHost Beside => first;

        protected override IEnumerable<KeyValuePair<string, string?>> Configuration => withCertificate ? first.Configuration : [];
    }
}

/// <summary>A host without a certificate.</summary>
internal sealed class BareHost(bool demo) : PortalHost
{
    protected override bool Demo => demo;

    protected override bool Province => false;
}

[Trait("Needs", "Database")]
public sealed class KeyProtectionTests(SealedHost host) : IClassFixture<SealedHost>
{
    [Fact]
    public async Task A_stored_key_cannot_be_read_in_the_database_and_opens_with_the_certificate_alone()
    {
        var text = Protector(host).Protect("a secret");

        var stored = await host.Use<HostDbContext, List<string?>>(db => db.DataProtectionKeys.Select(key => key.Xml).ToListAsync());
        Assert.NotEmpty(stored);
        Assert.All(stored, xml =>
        {
            Assert.Contains("EncryptedData", xml, StringComparison.Ordinal);
            Assert.DoesNotContain("<masterKey", xml, StringComparison.Ordinal);
        });
        await using var same = new SealedHost.Another(host, withCertificate: true);
        await same.InitializeAsync();
        Assert.Equal("a secret", Protector(same).Unprotect(text));
        await using var bare = new SealedHost.Another(host, withCertificate: false);
        await bare.InitializeAsync();
        Assert.Throws<CryptographicException>(() => Protector(bare).Unprotect(text));
    }

    [Fact]
    public async Task Without_a_certificate_every_start_outside_the_demo_warns()
    {
        await using var bare = new BareHost(demo: false);
        await bare.InitializeAsync();
        Assert.Contains(bare.Services.GetServices<IHostedService>(), service => service is BareKeysWarning);

        await using var demo = new BareHost(demo: true);
        await demo.InitializeAsync();
        Assert.DoesNotContain(demo.Services.GetServices<IHostedService>(), service => service is BareKeysWarning);
        Assert.DoesNotContain(host.Services.GetServices<IHostedService>(), service => service is BareKeysWarning);
    }

    [Fact]
    public void The_keys_of_a_host_without_certificate_would_be_found() =>
        // What the first test looks for is what an unsealed key holds.
        Assert.Contains("masterKey", Bare(), StringComparison.Ordinal);

    private static IDataProtector Protector(PortalHost host) =>
        host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private static string Bare()
    {
        using var services = new ServiceCollection().AddDataProtection().UseEphemeralDataProtectionProvider().Services.BuildServiceProvider();
        var options = new Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel.AuthenticatedEncryptorConfiguration();
        return options.CreateNewDescriptor().ExportToXml().SerializedDescriptorElement.ToString();
    }
}
