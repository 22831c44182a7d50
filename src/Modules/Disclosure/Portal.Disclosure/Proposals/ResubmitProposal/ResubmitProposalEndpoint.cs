using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Proposals.ReadProposal;
using Portal.Shared.Web;

namespace Portal.Disclosure.Proposals.ResubmitProposal;

internal sealed class ResubmitProposalEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/disclosure/proposals/{proposal:guid}", async (
            Guid proposal, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new ResubmitProposal
            {
                Id = proposal,
                Version = FormReading.Number(form, "Version"),
                Values = MetadataForm.Read(form),
                Body = form["Body"].ToString(),
                IndexNumber = MetadataForm.Text(form, "IndexNumber"),
                Reason = MetadataForm.Text(form, "Reason"),
            };
            var sent = await sender.Send(request, cancellationToken);
            return sent.Succeeded
                ? Results.LocalRedirect($"/console/disclosure/proposals/{proposal}?done=submitted")
                : await ReadProposalEndpoint.AgainAsync(proposal, sent.Failure, sender, cancellationToken, typed: request);
        });
}
