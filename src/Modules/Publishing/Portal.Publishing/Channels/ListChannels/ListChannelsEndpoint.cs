using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Writing;
using Portal.Shared.Web;

namespace Portal.Publishing.Channels.ListChannels;

/// <summary>The channel tree of the console.</summary>
internal sealed class ListChannelsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/channels", async (string? done, ISender sender, CancellationToken cancellationToken) =>
        {
            var tree = await sender.Send(new ListChannels(), cancellationToken);
            return tree.Succeeded ? ListChannelsPage.Of(tree.Value, done) : tree.Failure.Page();
        });
}
