using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Sites;

namespace Portal.Host.Identity;

/// <summary>Whom an administrator may manage, and what they may give (threat 6).</summary>
internal sealed class StaffScope(HostDbContext db, ISites sites, ICurrentActor current)
{
    public Actor Actor => current.Actor!;

    /// <summary>Sites on which I may grant.</summary>
    public IReadOnlyList<SiteInfo> Sites => Actor.SitesWith(Permission.ManageStaff, sites.All);

    /// <summary>
    /// The accounts that I manage: of organisations that have a site in my scope, of organisations below those, and
    /// whoever holds a role on a site in my scope.
    /// </summary>
    public async Task<IQueryable<Staff>> StaffAsync(CancellationToken cancellationToken)
    {
        var siteIds = Sites.Select(site => site.Id).ToList();
        var units = await UnitsAsync(cancellationToken);
        return db.Staff.Where(staff => units.Contains(staff.OrganisationId)
            || db.StaffGrants.Any(grant =>
                grant.StaffId == staff.Id && grant.Revocation == null && siteIds.Contains(grant.SiteId)));
    }

    /// <summary>Organisations in my scope: those of my sites and everything below them.</summary>
    public Task<IReadOnlySet<Guid>> UnitsAsync(CancellationToken cancellationToken) =>
        UnitsAsync(Permission.ManageStaff, cancellationToken);

    /// <summary>Organisations of the sites on which I hold a permission, and everything below them.</summary>
    public async Task<IReadOnlySet<Guid>> UnitsAsync(Permission permission, CancellationToken cancellationToken)
    {
        var below = (await db.Organisations.AsNoTracking()
                .Select(row => new { row.Id, row.ParentId })
                .ToListAsync(cancellationToken))
            .ToLookup(row => row.ParentId, row => row.Id);
        var units = Actor.SitesWith(permission, sites.All).Select(site => site.OrganisationId).ToHashSet();
        var open = new Queue<Guid>(units);
        while (open.TryDequeue(out var unit))
        {
            foreach (var child in below[unit].Where(units.Add))
            {
                open.Enqueue(child);
            }
        }

        return units;
    }

    /// <summary>The account to change, or null when it is outside my scope.</summary>
    public async Task<Staff?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await (await StaffAsync(cancellationToken)).SingleOrDefaultAsync(staff => staff.Id == id, cancellationToken);

    /// <summary>
    /// May I change the account itself? Only when every role it holds is in my scope: a site's manager must not close or
    /// take over the account of a provincial admin who also writes for the site.
    /// </summary>
    public async Task<bool> CoversAsync(Staff staff, CancellationToken cancellationToken)
    {
        var grants = await db.StaffGrants.AsNoTracking()
            .Where(grant => grant.StaffId == staff.Id && grant.Revocation == null)
            .Select(grant => new { grant.Role, grant.SiteId })
            .ToListAsync(cancellationToken);
        return grants.TrueForAll(grant =>
            sites.ById(grant.SiteId) is { } site && Actor.Can(Permission.ManageStaff, site) && MayGive(grant.Role, site));
    }

    /// <summary>A site manager gives the roles of a site; the roles of the province come from the province.</summary>
    public bool MayGive(Role role, SiteInfo site) => role switch
    {
        Role.ProvincialAdmin or Role.Auditor => Actor.Can(Permission.ManageSites, site),
        _ => Actor.Can(Permission.ManageStaff, site),
    };
}
