using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Channels.ChangeChannel;
using Portal.Shared.Web;

namespace Portal.Publishing.Channels.ReopenChannel;

/// <summary>Takes the form that opens a closed channel again.</summary>
internal sealed class ReopenChannelEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/channels/{id:guid}/reopening", async (
            Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var command = new ReopenChannel
            {
                Id = id,
                Version = form.Number("version"),
                ReopenReason = form.Text(nameof(ReopenChannel.ReopenReason)),
            };
            var reopened = await sender.Send(command, cancellationToken);
            return reopened.Succeeded
                ? Results.LocalRedirect("/console/channels?done=reopened")
                : await ChangeChannelEndpoint.AgainAsync(
                    id, reopened.Failure, sender, cancellationToken, reopenReason: command.ReopenReason);
        });
}
