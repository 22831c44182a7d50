using System.Collections.Frozen;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Sites;

namespace Portal.Host.Sites;

/// <summary>The snapshot of all sites. Replaced as a whole, read without locks.</summary>
internal sealed class SiteDirectory(IServiceScopeFactory scopes, IConfiguration configuration) : ISites, IDisposable
{
    /// <summary>Triggers on the tables of sites notify on this channel.</summary>
    public const string Channel = "portal_sites";

    /// <summary>The provincial portal's key.</summary>
    public const string ProvinceKey = "province";

    private readonly SemaphoreSlim _gate = new(1);

    // Set on one's own machine: the demo's sites share its address, http://localhost:8080 and http://jyt.localhost:8080.
    private readonly string? _address = configuration["Portal:Address"] is { Length: > 0 } address ? address : null;
    private volatile Snapshot? _snapshot;

    public IReadOnlyList<SiteInfo> All => Current.All;

    public SiteInfo? ById(Guid id) => Current.ById.GetValueOrDefault(id);

    public SiteInfo? ByKey(string key) => Current.ByKey.GetValueOrDefault(key);

    public SiteInfo? ByHost(string host) => Current.ByHost.GetValueOrDefault(host);

    public Uri AddressOf(SiteInfo site, string path) => new(Current.Roots[site.Id], path);

    /// <summary>Loads the first snapshot when there is none.</summary>
    public async ValueTask EnsureLoadedAsync(CancellationToken cancellationToken)
    {
        if (_snapshot is null)
        {
            await RefreshAsync(onlyFirst: true, cancellationToken);
        }
    }

    /// <summary>Replaces the snapshot by what the database says now.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => RefreshAsync(onlyFirst: false, cancellationToken);

    public void Dispose() => _gate.Dispose();

    private Snapshot Current =>
        _snapshot ?? throw new InvalidOperationException("The sites have not been loaded yet.");

    private async Task RefreshAsync(bool onlyFirst, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (onlyFirst && _snapshot is not null)
            {
                return;
            }

            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<HostDbContext>();
            var rows = await (
                from site in db.Sites
                join organisation in db.Organisations on site.OrganisationId equals organisation.Id
                orderby site.Id
                select new { site, organisation.Name, organisation.Kind, organisation.RegionCode, site.Domains })
                .AsNoTracking()
                .AsSplitQuery()
                .ToListAsync(cancellationToken);
            var parents = rows.ToDictionary(row => row.site.Id, row => row.site.ParentId);
            _snapshot = new Snapshot([.. rows.Select(row => ToInfo(
                row.site, row.Name, row.Kind.ToString().ToLowerInvariant(), row.RegionCode, row.Domains, parents))], RootOf);
        }
        finally
        {
            _gate.Release();
        }
    }

    private Uri RootOf(SiteInfo site)
    {
        if (_address is null)
        {
            return new Uri("https://" + site.PrimaryDomain);
        }

        var root = new UriBuilder(_address);
        if (site.Key != ProvinceKey)
        {
            root.Host = site.Key + "." + root.Host;
        }

        return root.Uri;
    }

    private static SiteInfo ToInfo(
        Site site, string organisation, string kind, string region, List<SiteDomain> domains, Dictionary<Guid, Guid?> parents)
    {
        List<Guid> path = [site.Id];
        for (var parent = site.ParentId; parent is { } id; parent = parents[id])
        {
            path.Insert(0, id);
        }

        return new SiteInfo
        {
            Id = site.Id,
            Key = site.Key,
            Name = site.Name,
            Kind = site.Kind,
            Status = site.Status,
            OrganisationId = site.OrganisationId,
            OrganisationName = organisation,
            OrganisationKind = kind,
            RegionCode = region,
            ParentId = site.ParentId,
            Path = path,
            SiteCode = site.SiteCode,
            Domains = [.. domains.OrderByDescending(domain => domain.IsPrimary).Select(domain => domain.Name)],
            PrimaryDomain = domains.FirstOrDefault(domain => domain.IsPrimary)?.Name ?? site.Key + ".localhost",
            IcpNumber = site.IcpNumber,
            PoliceNumber = site.PoliceNumber,
            Phone = site.Phone,
            Email = site.Email,
            Address = site.Address,
            Accent = site.Accent,
            Emblem = site.Emblem,
            Languages = site.Languages,
            TrustedHosts = site.TrustedHosts,
        };
    }

    private sealed class Snapshot
    {
        private static readonly IdnMapping Idn = new();

        public Snapshot(IReadOnlyList<SiteInfo> sites, Func<SiteInfo, Uri> rootOf)
        {
            All = sites;
            ById = sites.ToFrozenDictionary(site => site.Id);
            Roots = sites.ToFrozenDictionary(site => site.Id, rootOf);
            ByKey = sites.ToFrozenDictionary(site => site.Key, StringComparer.Ordinal);
            ByHost = sites
                .SelectMany(site => HostsOf(site).Select(host => (host, site)))
                .DistinctBy(pair => pair.host, StringComparer.OrdinalIgnoreCase)
                .ToFrozenDictionary(pair => pair.host, pair => pair.site, StringComparer.OrdinalIgnoreCase);
        }

        public IReadOnlyList<SiteInfo> All { get; }

        public FrozenDictionary<Guid, SiteInfo> ById { get; }

        public FrozenDictionary<Guid, Uri> Roots { get; }

        public FrozenDictionary<string, SiteInfo> ByKey { get; }

        public FrozenDictionary<string, SiteInfo> ByHost { get; }

        private static IEnumerable<string> HostsOf(SiteInfo site)
        {
            foreach (var domain in site.Domains)
            {
                yield return domain;
                if (domain.Any(letter => letter > 127))
                {
                    yield return Idn.GetAscii(domain);
                }
            }

            yield return site.Key + ".localhost";
            if (site.Key == ProvinceKey)
            {
                yield return "localhost";
            }
        }
    }
}
