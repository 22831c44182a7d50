using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Disclosure.Interpretations.ReadPlan;

/// <summary>The page of a policy's interpretation plan.</summary>
internal sealed class ReadPlanEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/disclosure/interpretations/{document:guid}", async (
            Guid document, string? done, ISender sender, CancellationToken cancellationToken) =>
        {
            var read = await sender.Send(new ReadPlan(document), cancellationToken);
            return read.Succeeded
                ? ReadPlanPage.Of(read.Value, read.Value.Form, [], done == "saved")
                : read.Failure.Page();
        });
}
