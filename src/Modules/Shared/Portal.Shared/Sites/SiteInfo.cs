namespace Portal.Shared.Sites;

/// <summary>What a site is.</summary>
public enum SiteKind
{
    /// <summary>政府门户网站 of a government.</summary>
    Portal,

    /// <summary>部门网站 of a department.</summary>
    Department,

    /// <summary>子站 on an upper site's platform (Opinion art. 9).</summary>
    Subsite,
}

/// <summary>A site's life cycle (G-05, G-17, G-18).</summary>
public enum SiteStatus
{
    /// <summary>筹建</summary>
    Planned,

    /// <summary>待审批</summary>
    AwaitingApproval,

    /// <summary>待备案</summary>
    AwaitingFiling,

    /// <summary>正常运行</summary>
    Running,

    /// <summary>例行整改（临时下线）</summary>
    Suspended,

    /// <summary>公告期: announced to close, still open.</summary>
    Closing,

    /// <summary>永久下线</summary>
    Closed,
}

/// <summary>A site as every module sees it. A snapshot: never edited, replaced as a whole.</summary>
public sealed record SiteInfo
{
    /// <summary>Identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>Short key in addresses of the demo and in commands: <c>province</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Full name as the header shows it (W-08).</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required SiteKind Kind { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required SiteStatus Status { get; init; }

    /// <summary>The sponsoring organisation 主办单位.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Full name of the sponsoring organisation.</summary>
    public required string OrganisationName { get; init; }

    /// <summary>Kind of the organisation: province, prefecture, county, department or township.</summary>
    public required string OrganisationKind { get; init; }

    /// <summary>行政区划代码 of the organisation, six digits.</summary>
    public required string RegionCode { get; init; }

    /// <summary>The parent site; null for the provincial portal.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Every ancestor from the provincial portal down, and the site itself last.</summary>
    public required IReadOnlyList<Guid> Path { get; init; }

    /// <summary>政府网站标识码, ten digits (G-15); null until it is assigned.</summary>
    public string? SiteCode { get; init; }

    /// <summary>All host names, without port.</summary>
    public required IReadOnlyList<string> Domains { get; init; }

    /// <summary>The primary domain 主域名 (G-12), as SiteDomain and the footer show it.</summary>
    public required string PrimaryDomain { get; init; }

    /// <summary>ICP备案编号.</summary>
    public string? IcpNumber { get; init; }

    /// <summary>公安机关备案编号.</summary>
    public string? PoliceNumber { get; init; }

    /// <summary>Contact details for the footer.</summary>
    public string? Phone { get; init; }

    /// <summary>Contact e-mail.</summary>
    public string? Email { get; init; }

    /// <summary>Postal address.</summary>
    public string? Address { get; init; }

    /// <summary>The one main colour (W-01), <c>#rrggbb</c>, at least 4.5:1 on white.</summary>
    public required string Accent { get; init; }

    /// <summary>File name of the emblem among the host's static emblems.</summary>
    public required string Emblem { get; init; }

    /// <summary>BCP 47 tags; the first is the site's own.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Host names outside the government that need no leave-site notice (W-14, W-15).</summary>
    public IReadOnlyList<string> TrustedHosts { get; init; } = [];

    /// <summary>Can the public read it?</summary>
    public bool IsOpen => Status is SiteStatus.Running or SiteStatus.Closing;
}

/// <summary>All sites of the province, from a snapshot that follows changes within seconds.</summary>
public interface ISites
{
    /// <summary>All sites, whatever their status.</summary>
    IReadOnlyList<SiteInfo> All { get; }

    /// <summary>Loads the snapshot in a process that does not follow changes: a command.</summary>
    ValueTask EnsureLoadedAsync(CancellationToken cancellationToken);

    /// <summary>The site with this id.</summary>
    SiteInfo? ById(Guid id);

    /// <summary>The site with this key.</summary>
    SiteInfo? ByKey(string key);

    /// <summary>The site that answers on this host name (no port); null for an unknown host.</summary>
    SiteInfo? ByHost(string host);

    /// <summary>The address of a path on a site, absolute, as links between sites need it.</summary>
    Uri AddressOf(SiteInfo site, string path);
}

/// <summary>
/// The site this request is for: on public pages the one that answers on the host name; in the console the one chosen
/// in the session, never one named by the request.
/// </summary>
public interface ICurrentSite
{
    /// <summary>The site; null on an unknown host or before one is chosen.</summary>
    SiteInfo? Site { get; }
}
