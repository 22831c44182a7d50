using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Disclosure.Proposals.ListProposals;

internal sealed class ListProposalsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/disclosure/proposals", async (ISender sender, CancellationToken cancellationToken) =>
        {
            var list = await sender.Send(new ListProposals(), cancellationToken);
            return list.Succeeded ? ListProposalsPage.Of(list.Value) : list.Failure.Page();
        });
}
