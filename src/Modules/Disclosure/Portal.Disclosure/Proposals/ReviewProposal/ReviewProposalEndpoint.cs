using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Disclosure.Proposals.ReadProposal;
using Portal.Shared.Web;

namespace Portal.Disclosure.Proposals.ReviewProposal;

internal sealed class ReviewProposalEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/disclosure/proposals/{proposal:guid}/reviews", async (
            Guid proposal, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new ReviewProposal
            {
                Id = proposal,
                ContentHash = form.Text("ContentHash"),
                Decision = form.Text("Decision") switch
                {
                    "approve" => ProposalDecision.Approved,
                    "return" => ProposalDecision.Returned,
                    _ => null,
                },
                Opinion = form.Text("Opinion"),
                SecrecyChecked = form.Flag("SecrecyChecked"),
            };
            var decided = await sender.Send(request, cancellationToken);
            return decided.Succeeded
                ? Results.LocalRedirect($"/console/disclosure/proposals/{proposal}?done={decided.Value}")
                : await ReadProposalEndpoint.AgainAsync(proposal, decided.Failure, sender, cancellationToken, review: request);
        });
}
