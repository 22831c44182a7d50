using Carter;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Web;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Host.Organisations.ListOrganisations;

public sealed record ListOrganisations : IRequest<Outcome<OrganisationNode[]>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageSites;
}

/// <summary>An organisation with those below it.</summary>
public sealed record OrganisationNode(
    Guid Id, string Name, OrganisationKind Kind, string RegionCode, IReadOnlyList<OrganisationNode> Below);

internal sealed class ListOrganisationsHandler(HostDbContext db)
    : IRequestHandler<ListOrganisations, Outcome<OrganisationNode[]>>
{
    public async Task<Outcome<OrganisationNode[]>> Handle(
        ListOrganisations request, CancellationToken cancellationToken)
    {
        var rows = await db.Organisations.AsNoTracking()
            .OrderBy(row => row.Kind == OrganisationKind.Department ? 0 : 1)
            .ThenBy(row => row.RegionCode).ThenBy(row => row.Id)
            .Select(row => new { row.Id, row.ParentId, row.Name, row.Kind, row.RegionCode })
            .ToListAsync(cancellationToken);
        var below = rows.ToLookup(row => row.ParentId);
        return NodesOf(null);

        OrganisationNode[] NodesOf(Guid? parent) =>
            [.. below[parent].Select(row => new OrganisationNode(row.Id, row.Name, row.Kind, row.RegionCode, NodesOf(row.Id)))];
    }
}

internal sealed class ListOrganisationsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/organisations", async (
            string? done, ISender sender, CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(new ListOrganisations(), cancellationToken);
            return outcome.Succeeded ? ListOrganisationsPage.Render(outcome.Value, done) : outcome.Failure.Page();
        });
}
