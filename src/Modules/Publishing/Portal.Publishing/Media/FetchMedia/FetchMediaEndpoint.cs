using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Writing;
using Portal.Shared.Web;

namespace Portal.Publishing.Media.FetchMedia;

/// <summary>Files of the library for staff.</summary>
internal sealed class FetchMediaEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/media/{id:guid}", async (
            Guid id, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
        {
            var file = await sender.Send(new FetchMedia(id), cancellationToken);
            return file.Succeeded
                ? FileAnswers.Of(http, file.Value.Content, file.Value.Name, file.Value.MediaType, file.Value.Hash)
                : file.Failure.Page();
        });
}
