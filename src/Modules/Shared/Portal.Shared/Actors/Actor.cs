using Portal.Shared.Sites;

namespace Portal.Shared.Actors;

/// <summary>A role on a site and everything below it, or, with a channel, on that channel and everything below it.</summary>
/// <param name="Role">The role.</param>
/// <param name="SiteId">The site whose subtree the grant covers.</param>
/// <param name="ChannelId">The channel that narrows it, if any.</param>
public sealed record Grant(Role Role, Guid SiteId, Guid? ChannelId = null);

/// <summary>The signed-in person, with the grants that hold for this request.</summary>
/// <param name="Id">Staff account.</param>
/// <param name="Name">Name as the registers show it.</param>
/// <param name="Unit">Full name of the person's organisation.</param>
/// <param name="Grants">Every grant that has not been revoked.</param>
public sealed record Actor(Guid Id, string Name, string Unit, IReadOnlyList<Grant> Grants)
{
    /// <summary>Does any grant carry <paramref name="permission"/>, wherever?</summary>
    public bool Has(Permission permission) =>
        Grants.Any(grant => RolePermissions.Of(grant.Role).Contains(permission));

    /// <summary>
    /// May the person do this on <paramref name="site"/>, in the channel whose ancestors and self are
    /// <paramref name="channelPath"/> (null: the site as a whole)?
    /// </summary>
    public bool Can(Permission permission, SiteInfo site, IReadOnlyCollection<Guid>? channelPath = null)
    {
        ArgumentNullException.ThrowIfNull(site);
        return Grants.Any(grant => RolePermissions.Of(grant.Role).Contains(permission)
            && site.Path.Contains(grant.SiteId)
            && (grant.ChannelId is not { } channel || (channelPath?.Contains(channel) ?? false)));
    }

    /// <summary>May the person know of <paramref name="site"/>'s unpublished things at all?</summary>
    public bool Knows(SiteInfo site)
    {
        ArgumentNullException.ThrowIfNull(site);
        return Grants.Any(grant => site.Path.Contains(grant.SiteId));
    }

    /// <summary>The sites of <paramref name="sites"/> on which some grant carries <paramref name="permission"/>.</summary>
    public IReadOnlyList<SiteInfo> SitesWith(Permission permission, IEnumerable<SiteInfo> sites) =>
        [.. sites.Where(site => Grants.Any(grant =>
            RolePermissions.Of(grant.Role).Contains(permission) && site.Path.Contains(grant.SiteId)))];
}
