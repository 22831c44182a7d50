using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Disclosure.Requests.ListRequests;

/// <summary>The lists of cases.</summary>
internal sealed class ListRequestsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/requests", async (
            string? set, string? site, string? q, string? cursor, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new ListRequests
            {
                Set = Enum.TryParse<RequestSet>(set, out var named) && Enum.IsDefined(named) ? named : RequestSet.Mine,
                SiteId = Guid.TryParse(site, out var id) ? id : null,
                Text = q ?? "",
                Cursor = cursor,
            };
            var list = await sender.Send(request, cancellationToken);
            return list.Succeeded ? ListRequestsPage.Of(request, list.Value) : list.Failure.Page();
        });
}
