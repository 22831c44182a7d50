using Portal.Shared.Actors;
using Portal.Shared.Sites;

namespace Portal.Publishing.Reviews;

/// <summary>
/// How far a permission of a person reaches, as one query over many sites needs it: whole sites, and channels with
/// everything below them. It says the same as <see cref="Actor.Can"/> says of one object.
/// </summary>
internal sealed record Reach(
    IReadOnlyList<Guid> Sites, IReadOnlyList<Guid> ChannelSites, IReadOnlyList<Guid> Channels)
{
    public bool IsEmpty => Sites.Count == 0 && Channels.Count == 0;

    public static Reach Of(Actor actor, Permission permission, ISites sites)
    {
        var grants = actor.Grants.Where(grant => RolePermissions.Of(grant.Role).Contains(permission)).ToList();
        var whole = grants.Where(grant => grant.ChannelId is null).Select(grant => grant.SiteId).ToHashSet();
        var parts = grants.Where(grant => grant.ChannelId is not null).ToList();
        return new Reach(
            [.. sites.All.Where(site => site.Path.Any(whole.Contains)).Select(site => site.Id)],
            [.. sites.All.Where(site => parts.Any(grant => site.Path.Contains(grant.SiteId))).Select(site => site.Id)],
            [.. parts.Select(grant => grant.ChannelId!.Value)]);
    }
}
