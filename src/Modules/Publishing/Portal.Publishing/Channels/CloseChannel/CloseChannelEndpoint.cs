using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Channels.ChangeChannel;
using Portal.Shared.Web;

namespace Portal.Publishing.Channels.CloseChannel;

/// <summary>Takes the form that closes a channel.</summary>
internal sealed class CloseChannelEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/channels/{id:guid}/closing", async (
            Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var command = new CloseChannel { Id = id, Version = form.Number("version"), Reason = form.Text("Reason") };
            var closed = await sender.Send(command, cancellationToken);
            return closed.Succeeded
                ? Results.LocalRedirect("/console/channels?done=closed")
                : await ChangeChannelEndpoint.AgainAsync(
                    id, closed.Failure, sender, cancellationToken, closeReason: command.Reason);
        });
}
