using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Contracts;

namespace Portal.Host.Identity;

internal sealed class ListSiteStaffHandler(HostDbContext db) : IRequestHandler<ListSiteStaff, IReadOnlyList<StaffSummary>>
{
    public async Task<IReadOnlyList<StaffSummary>> Handle(ListSiteStaff request, CancellationToken cancellationToken) =>
        await (
            from staff in db.Staff
            join organisation in db.Organisations on staff.OrganisationId equals organisation.Id
            where staff.DisabledAt == null
                && db.Set<StaffGrant>().Any(grant => grant.StaffId == staff.Id
                    && grant.Revocation == null && request.SiteIds.Contains(grant.SiteId))
            orderby organisation.Name, staff.Name
            select new StaffSummary(staff.Id, staff.UserName!, staff.Name, organisation.Name))
            .ToListAsync(cancellationToken);
}
