using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Disclosure.Openness.ListOpenness;

/// <summary>The list of time limits.</summary>
internal sealed class ListOpennessEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/disclosure/openness", async (
            string? set, string? kind, string? site, string? cursor, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new ListOpenness
            {
                Set = Enum.TryParse<OpennessSet>(set, out var named) && Enum.IsDefined(named) ? named : OpennessSet.Late,
                Kind = Enum.TryParse<OpennessKind>(kind, out var one) && Enum.IsDefined(one) ? one : null,
                SiteId = Guid.TryParse(site, out var id) ? id : null,
                Cursor = cursor,
            };
            var list = await sender.Send(request, cancellationToken);
            return list.Succeeded ? ListOpennessPage.Of(request, list.Value) : list.Failure.Page();
        });
}
