using Carter;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Portal.Disclosure.Docking.ChangeSourceState;
using Portal.Shared.Web;

namespace Portal.Disclosure.Docking.IssueCredential;

internal sealed class IssueCredentialEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/docking/{id:guid}/credentials", async (
            Guid id, [FromForm] IssueCredential form, ISender sender, CancellationToken cancellationToken) =>
        {
            var issued = await sender.Send(form with { Id = id }, cancellationToken);
            return issued.Succeeded
                ? IssuedCredentialPage.Render(issued.Value)
                : await SourceAnswers.AgainAsync(id, issued.Failure, sender, cancellationToken);
        });
}
