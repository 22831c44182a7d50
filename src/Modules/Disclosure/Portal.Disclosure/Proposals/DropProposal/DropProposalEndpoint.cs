using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Disclosure.Proposals.ReadProposal;
using Portal.Shared.Web;

namespace Portal.Disclosure.Proposals.DropProposal;

internal sealed class DropProposalEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/disclosure/proposals/{proposal:guid}/withdrawal", async (
            Guid proposal, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var dropped = await sender.Send(new DropProposal(proposal, form.Number("Version")), cancellationToken);
            return dropped.Succeeded
                ? Results.LocalRedirect($"/console/disclosure/proposals/{proposal}?done=Dropped")
                : await ReadProposalEndpoint.AgainAsync(proposal, dropped.Failure, sender, cancellationToken);
        });
}
