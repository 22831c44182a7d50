using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Writing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Channels.ChangeChannel;

/// <summary>The page of a channel: its facts, and the forms that move, close and reopen it.</summary>
internal sealed class ChangeChannelEndpoint : ICarterModule
{
    private const string Route = "/console/channels/{id:guid}";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, async (Guid id, ISender sender, CancellationToken cancellationToken) =>
        {
            var read = await sender.Send(new ReadChannel.ReadChannel(id), cancellationToken);
            return read.Succeeded ? ChangeChannelPage.Of(read.Value) : read.Failure.Page();
        });
        app.MapConsoleForm(Route, async (
            Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var command = ChannelForm.Read(form, new ChangeChannel { Id = id, Version = form.Number("version") });
            var changed = await sender.Send(command, cancellationToken);
            return changed.Succeeded
                ? Results.LocalRedirect("/console/channels?done=changed")
                : await AgainAsync(id, changed.Failure, sender, cancellationToken, form: command);
        });
    }

    /// <summary>The page again with what was typed; a stale version is said and shown beside what stands now.</summary>
    public static async Task<IResult> AgainAsync(
        Guid id, Failure failure, ISender sender, CancellationToken cancellationToken, ChangeChannel? form = null,
        MoveChannel.MoveChannel? move = null, string closeReason = "", string reopenReason = "")
    {
        if (failure.Kind is not (FailureKind.Invalid or FailureKind.Conflict))
        {
            return failure.Page();
        }

        var read = await sender.Send(new ReadChannel.ReadChannel(id), cancellationToken);
        return read.Succeeded
            ? ChangeChannelPage.Of(read.Value, form, move, closeReason, reopenReason, failure)
            : read.Failure.Page();
    }
}
