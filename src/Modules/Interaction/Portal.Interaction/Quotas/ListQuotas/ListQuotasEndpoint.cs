using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Interaction.Quotas.ListQuotas;

/// <summary>互动频次: where each site stands, for those who answer for it.</summary>
internal sealed class ListQuotasEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/interaction-quotas", async (string? after, ISender sender, CancellationToken cancellationToken) =>
        {
            var found = await sender.Send(new ListQuotas(after), cancellationToken);
            return found.Succeeded ? ListQuotasPage.Of(found.Value) : found.Failure.Page();
        });
}
