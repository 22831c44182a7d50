using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Docking;
using Portal.Testing;

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
            // Hosts that are processes of their own go by the real time, whatever that is.
            ExpiresAt = Clock.GetUtcNow().AddYears(50),
        };
        change?.Invoke(credential);
        await Use<DisclosureDbContext>(async db =>
        {
            db.DockingCredentials.Add(credential);
            await db.SaveChangesAsync();
        });
        return new Partner(Visitor(), Clock, credential.KeyId, key);
    }

    /// <summary>Sets a number of the province, as the settings page does.</summary>
    internal async Task Set(string name, int value)
    {
        await using var connection = new NpgsqlConnection(OwnerConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "insert into host.setting_values (site_id, name, value) values ($1, $2, $3) on conflict (site_id, name) do update set value = excluded.value",
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Site(TestData.ProvinceKey).Id });
        command.Parameters.Add(new NpgsqlParameter { Value = name });
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = value.ToString(System.Globalization.CultureInfo.InvariantCulture),
            NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb,
        });
        await command.ExecuteNonQueryAsync();
        await Refresh();
    }

    internal Task<DockedSource> Reload(DockedSource source) =>
        Use<DisclosureDbContext, DockedSource>(async db => (await db.DockedSources.FindAsync(source.Id))!);
}
