using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Contracts;

namespace Portal.Host.Identity;

internal sealed class FindStaffHandler(HostDbContext db) : IRequestHandler<FindStaff, IReadOnlyList<StaffSummary>>
{
    public async Task<IReadOnlyList<StaffSummary>> Handle(FindStaff request, CancellationToken cancellationToken) =>
        await (
            from staff in db.Staff
            join organisation in db.Organisations on staff.OrganisationId equals organisation.Id
            where request.UserNames.Contains(staff.UserName!)
            select new StaffSummary(staff.Id, staff.UserName!, staff.Name, organisation.Name))
            .ToListAsync(cancellationToken);
}
