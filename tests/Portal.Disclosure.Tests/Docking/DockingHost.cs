using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Docking;

namespace Portal.Disclosure.Tests.Docking;

/// <summary>A host with docked units; a real Kestrel, because what is refused before it is read must be refused there.</summary>
public class DockingHost : DisclosureHost
{
    private int _count;

    protected override bool Kestrel => true;

    /// <summary>A number that nobody else has.</summary>
    internal string Number() => $"99010000{Interlocked.Increment(ref _count) % 10}/2026-{_count:00000}";

    internal Task<DockedSource> Source(
        string site = "jyt", SourceMode mode = SourceMode.Push, SourceState state = SourceState.Active,
        Action<DockedSource>? change = null) =>
        Use<DisclosureDbContext, DockedSource>(async db =>
        {
            var number = Interlocked.Increment(ref _count);
            var source = new DockedSource
            {
                Id = Guid.CreateVersion7(),
                Key = $"unit-{number}",
                Name = $"松潭市第{number}系统",
                SiteId = Site(site).Id,
                DirectoryId = Services.GetRequiredService<Portal.Shared.Sites.ISites>().DirectoryOf(Site(site)),
                Mode = mode,
                State = state,
                CreatedAt = Clock.GetUtcNow(),
            };
            change?.Invoke(source);
            db.DockedSources.Add(source);
            await db.SaveChangesAsync();
            return source;
        });

    internal async Task<Partner> Partner(
        DockedSource source, CredentialDirection direction = CredentialDirection.Write, Action<DockingCredential>? change = null)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var credential = new DockingCredential
        {
            Id = Guid.CreateVersion7(),
            SourceId = source.Id,
            KeyId = $"dk-{Interlocked.Increment(ref _count)}",
            Direction = direction,
            DirectoryId = source.DirectoryId,
            PublicKey = key.ExportSubjectPublicKeyInfo(),
            IssuedAt = Clock.GetUtcNow(),
            IssuedBy = "管理员",
            ExpiresAt = Clock.GetUtcNow().AddDays(30),
        };
        change?.Invoke(credential);
        await Use<DisclosureDbContext>(async db =>
        {
            db.DockingCredentials.Add(credential);
            await db.SaveChangesAsync();
        });
        return new Partner(Visitor(), Clock, credential.KeyId, key);
    }

    internal Task<DockedSource> Reload(DockedSource source) =>
        Use<DisclosureDbContext, DockedSource>(async db => (await db.DockedSources.FindAsync(source.Id))!);
}
