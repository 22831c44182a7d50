using System.Text.Json;
using Portal.Host.Organisations;
using Portal.Shared.Actors;
using Portal.Shared.Messaging;
using Portal.Shared.Sites;

namespace Portal.Host.Commands;

/// <summary>The shapes of the demo's files that the host reads.</summary>
internal static class DemoFiles
{
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(
        string folder, string name, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(Path.Combine(folder, name));
        return (await JsonSerializer.DeserializeAsync<List<T>>(stream, MessageJson.Options, cancellationToken))!;
    }
}

internal sealed record DemoOrganisation(
    string Key,
    string? Parent,
    OrganisationKind Kind,
    string Name,
    string ShortName,
    string RegionCode,
    string? CreditCode,
    string? Address,
    string? Phone);

internal sealed record DemoSite(
    string Key,
    string Organisation,
    string? Parent,
    SiteKind Kind,
    string Name,
    string SiteCode,
    IReadOnlyList<DemoDomain> Domains,
    string Icp,
    string Police,
    string Email,
    string Phone,
    string Address,
    string Accent,
    string Emblem,
    IReadOnlyList<string> Languages);

internal sealed record DemoDomain(string Name, bool Primary);

internal sealed record DemoStaff(
    string UserName, string Name, string Organisation, string Title, IReadOnlyList<DemoGrant> Grants);

internal sealed record DemoGrant(Role Role, string Site, string? Channel);
