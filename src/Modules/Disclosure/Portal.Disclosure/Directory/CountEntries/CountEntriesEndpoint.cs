using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.CountEntries;

internal sealed class CountEntriesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/disclosure/counts", async (HttpContext http, ISender sender) =>
        {
            var counts = await sender.Send(new CountEntries(), http.RequestAborted);
            return counts.Succeeded ? CountEntriesPage.Of(counts.Value) : counts.Failure.Page();
        });
}
