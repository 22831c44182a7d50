using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Contracts;

namespace Portal.Host.Organisations.GetOrganisations;

internal sealed class GetOrganisationsHandler(HostDbContext db)
    : IRequestHandler<Contracts.GetOrganisations, IReadOnlyList<OrganisationSummary>>
{
    public async Task<IReadOnlyList<OrganisationSummary>> Handle(
        Contracts.GetOrganisations request, CancellationToken cancellationToken) =>
        await db.Organisations.AsNoTracking()
            .Where(organisation => request.Ids.Contains(organisation.Id))
            .OrderBy(organisation => organisation.Name)
            .Select(organisation => new OrganisationSummary(
                organisation.Id, organisation.Name, organisation.ShortName, organisation.Kind.ToString(),
                organisation.RegionCode, organisation.CreditCode, organisation.ParentId))
            .ToListAsync(cancellationToken);
}
