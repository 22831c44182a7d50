using Carter;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Host.Identity.ListStaff;

public sealed record ListStaff(string? Text) : IRequest<Outcome<StaffList>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageStaff;
}

/// <summary>The accounts that I manage.</summary>
public sealed record StaffList(IReadOnlyList<StaffLine> Lines);

/// <summary>An account in the list.</summary>
public sealed record StaffLine(
    Guid Id, string UserName, string Name, string Unit, bool Disabled, IReadOnlyList<StaffLineGrant> Grants);

/// <summary>A role in the list.</summary>
public sealed record StaffLineGrant(Role Role, string Site);

internal sealed class ListStaffHandler(HostDbContext db, StaffScope scope, ISites sites)
    : IRequestHandler<ListStaff, Outcome<StaffList>>
{
    private const int Most = 200;

    public async Task<Outcome<StaffList>> Handle(ListStaff request, CancellationToken cancellationToken)
    {
        var wanted = request.Text?.Trim();
        var query = await scope.StaffAsync(cancellationToken);
        if (!string.IsNullOrEmpty(wanted))
        {
            query = query.Where(staff => staff.Name.Contains(wanted) || staff.UserName == wanted);
        }

        var rows = await (
            from staff in query
            join unit in db.Organisations on staff.OrganisationId equals unit.Id
            orderby unit.RegionCode, staff.UserName
            select new
            {
                staff.Id,
                staff.UserName,
                staff.Name,
                Unit = unit.Name,
                staff.DisabledAt,
                Grants = db.StaffGrants.Where(grant => grant.StaffId == staff.Id && grant.Revocation == null)
                    .OrderBy(grant => grant.Id).Select(grant => new { grant.Role, grant.SiteId }).ToList(),
            }).AsNoTracking().Take(Most).ToListAsync(cancellationToken);
        return new StaffList([.. rows.Select(row => new StaffLine(
            row.Id, row.UserName!, row.Name, row.Unit, row.DisabledAt is not null,
            [.. row.Grants.Select(grant => new StaffLineGrant(grant.Role, sites.ById(grant.SiteId)?.Name ?? ""))]))]);
    }
}

internal sealed class ListStaffEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/staff", async (string? q, ISender sender, CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(new ListStaff(q), cancellationToken);
            return outcome.Succeeded ? ListStaffPage.Render(outcome.Value.Lines, q) : outcome.Failure.Page();
        });
}
