using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Writing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Documents.StartDocument;

/// <summary>Asks for type, channel and title, and starts the draft.</summary>
internal sealed class StartDocumentEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage("/console/documents/new", async (
            string? type, string? channel, WritableChannels channels, TimeProvider clock, CancellationToken cancellationToken) =>
        {
            var open = await channels.OfCurrentSiteAsync(cancellationToken);
            _ = Guid.TryParse(channel, out var channelId);
            return open.Succeeded
                ? StartDocumentPage.Of(
                    new StartDocument
                    {
                        Id = Guid.CreateVersion7(clock.GetUtcNow()),
                        Type = type ?? "",
                        ChannelId = channelId,
                    },
                    open.Value)
                : open.Failure.Page();
        });
        app.MapConsoleForm("/console/documents", async (
            IFormCollection form, WritableChannels channels, ISender sender, CancellationToken cancellationToken) =>
        {
            var command = new StartDocument
            {
                Id = form.Id("Id"),
                Type = form.Text("Type"),
                ChannelId = form.Id("ChannelId"),
                Title = form.Text("Title"),
            };
            var started = await sender.Send(command, cancellationToken);
            if (started.Succeeded)
            {
                return Results.LocalRedirect($"/console/editions/{started.Value}?done=started");
            }

            var open = await channels.OfCurrentSiteAsync(cancellationToken);
            return started.Failure.Kind == FailureKind.Invalid && open.Succeeded
                ? StartDocumentPage.Of(command, open.Value, started.Failure.Errors)
                : started.Failure.Page();
        });
    }
}
