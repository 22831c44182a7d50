using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Contracts;
using Portal.Shared.Actors;

namespace Portal.Host.Identity;

internal sealed class FindStaffHandler(HostDbContext db) : IRequestHandler<FindStaff, IReadOnlyList<StaffSummary>>
{
    public async Task<IReadOnlyList<StaffSummary>> Handle(FindStaff request, CancellationToken cancellationToken)
    {
        var found = await (
            from staff in db.Staff.AsNoTracking()
            join organisation in db.Organisations on staff.OrganisationId equals organisation.Id
            where request.UserNames.Contains(staff.UserName!)
            select new { staff.Id, UserName = staff.UserName!, staff.Name, Unit = organisation.Name })
            .ToListAsync(cancellationToken);
        var ids = found.Select(staff => staff.Id).ToList();
        var grants = (await db.StaffGrants.AsNoTracking()
            .Where(grant => ids.Contains(grant.StaffId) && grant.ChannelId == null && grant.Revocation == null)
            .ToListAsync(cancellationToken))
            .Where(grant => RolePermissions.Of(grant.Role).Contains(Permission.ImportDocuments))
            .ToLookup(grant => grant.StaffId, grant => grant.SiteId);
        return
        [
            .. found.Select(staff => new StaffSummary(staff.Id, staff.UserName, staff.Name, staff.Unit)
            {
                ImportSites = [.. grants[staff.Id]],
            }),
        ];
    }
}
