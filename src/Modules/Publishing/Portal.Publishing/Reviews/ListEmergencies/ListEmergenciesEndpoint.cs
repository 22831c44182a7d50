using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Writing;
using Portal.Shared.Web;

namespace Portal.Publishing.Reviews.ListEmergencies;

/// <summary>The list of emergency publications, with the form of the second look at each.</summary>
internal sealed class ListEmergenciesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/emergency-publications", ShowAsync);

    private static async Task<IResult> ShowAsync(
        string? all, string? cursor, string? done, ISender sender, CancellationToken cancellationToken)
    {
        var request = new ListEmergencies { All = all == "true", Cursor = cursor };
        var list = await sender.Send(request, cancellationToken);
        return list.Succeeded
            ? ListEmergenciesPage.Of(request, list.Value, done is "published" or "looked" ? done : null)
            : list.Failure.Page();
    }
}
