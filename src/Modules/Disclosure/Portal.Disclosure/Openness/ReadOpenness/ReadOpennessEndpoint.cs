using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Disclosure.Openness.ReadOpenness;

/// <summary>The page of one time limit.</summary>
internal sealed class ReadOpennessEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/disclosure/openness/{item:guid}", async (
            Guid item, string? done, ISender sender, CancellationToken cancellationToken) =>
        {
            var read = await sender.Send(new ReadOpenness(item), cancellationToken);
            return read.Succeeded ? ReadOpennessPage.Of(read.Value, "", [], done == "explained") : read.Failure.Page();
        });
}
