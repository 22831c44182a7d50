using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Disclosure.Directory.EditEntry;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.RelistEntry;

internal sealed class RelistEntryEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/disclosure/entries/{id:guid}/listing", async (
            Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new RelistEntry { Id = id, Version = form.Number("Version"), Reason = form.Text("Reason") };
            var done = await sender.Send(request, cancellationToken);
            return done.Succeeded
                ? Results.LocalRedirect($"/console/disclosure/proposals/{done.Value}?done=submitted")
                : await EditEntryEndpoint.AgainAsync(id, done.Failure, sender, cancellationToken, reason: request.Reason);
        });
}
