using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Writing;
using Portal.Shared.Web;

namespace Portal.Publishing.Media.ListMedia;

/// <summary>The media library of the console.</summary>
internal sealed class ListMediaEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/media", async (
            string? family, string? q, string? cursor, string? done, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new ListMedia { Family = family ?? "", Text = q ?? "", Cursor = cursor };
            var library = await sender.Send(request, cancellationToken);
            return library.Succeeded ? ListMediaPage.Of(request, library.Value, done) : library.Failure.Page();
        });
}
