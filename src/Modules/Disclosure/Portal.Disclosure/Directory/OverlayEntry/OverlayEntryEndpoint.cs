using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Disclosure.Directory.EditEntry;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.OverlayEntry;

internal sealed class OverlayEntryEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/disclosure/entries/{id:guid}/overlay", async (
            Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new OverlayEntry
            {
                Id = id,
                Version = form.Number("Version"),
                Values = MetadataForm.Read(form, MetadataProfile.Current.Overlay),
                Reason = form.Text("OverlayReason"),
            };
            var done = await sender.Send(request, cancellationToken);
            return done.Succeeded
                ? Results.LocalRedirect($"/console/disclosure/entries/{id}?done=overlaid")
                : await EditEntryEndpoint.AgainAsync(id, done.Failure, sender, cancellationToken, overlay: request);
        });
}
