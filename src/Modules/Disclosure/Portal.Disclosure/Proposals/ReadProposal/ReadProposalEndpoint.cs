using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Disclosure.Proposals.ReadProposal;

internal sealed class ReadProposalEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/disclosure/proposals/{proposal:guid}", async (
            Guid proposal, string? done, ISender sender, CancellationToken cancellationToken) =>
        {
            var read = await sender.Send(new ReadProposal(proposal), cancellationToken);
            return read.Succeeded ? ReadProposalPage.Of(read.Value, done) : read.Failure.Page();
        });

    /// <summary>The page again with what was typed.</summary>
    public static async Task<IResult> AgainAsync(
        Guid id, Failure failure, ISender sender, CancellationToken cancellationToken,
        ReviewProposal.ReviewProposal? review = null, ResubmitProposal.ResubmitProposal? typed = null)
    {
        if (failure.Kind is not (FailureKind.Invalid or FailureKind.Conflict)
            && failure is not { Kind: FailureKind.Forbidden, Errors.Count: > 0 })
        {
            return failure.Page();
        }

        var read = await sender.Send(new ReadProposal(id), cancellationToken);
        return read.Succeeded ? ReadProposalPage.Of(read.Value, null, failure, review, typed) : read.Failure.Page();
    }
}
