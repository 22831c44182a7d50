using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Channels.ChangeChannel;
using Portal.Shared.Web;

namespace Portal.Publishing.Channels.MoveChannel;

/// <summary>Takes the form that moves a channel.</summary>
internal sealed class MoveChannelEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/channels/{id:guid}/move", async (
            Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var command = new MoveChannel
            {
                Id = id,
                Version = form.Number("version"),
                ParentId = form.Id("ParentId"),
                Slug = form.Text("Slug").Trim(),
            };
            var moved = await sender.Send(command, cancellationToken);
            return moved.Succeeded
                ? Results.LocalRedirect("/console/channels?done=moved")
                : await ChangeChannelEndpoint.AgainAsync(id, moved.Failure, sender, cancellationToken, move: command);
        });
}
