using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Writing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Documents.MoveDocument;

/// <summary>Asks for the new channel and address of a published document.</summary>
internal sealed class MoveDocumentEndpoint : ICarterModule
{
    private const string Route = "/console/documents/{id:guid}/move";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (Guid id, ISender sender, CancellationToken cancellationToken) =>
            AgainAsync(id, null, null, sender, cancellationToken));
        app.MapConsoleForm(Route, async (
            Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var command = new MoveDocument
            {
                EditionId = form.Id("EditionId") ?? Guid.Empty,
                ChannelId = form.Id("ChannelId"),
                Slug = form.Text("Slug").Trim(),
            };
            var moved = await sender.Send(command, cancellationToken);
            return moved.Succeeded
                ? Results.LocalRedirect($"/console/editions/{moved.Value}?done=drafted")
                : moved.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await AgainAsync(id, command, moved.Failure, sender, cancellationToken)
                    : moved.Failure.Page();
        });
    }

    private static async Task<IResult> AgainAsync(
        Guid id, MoveDocument? form, Failure? failure, ISender sender, CancellationToken cancellationToken)
    {
        var history = await sender.Send(new ReadDocumentHistory.ReadDocumentHistory(id), cancellationToken);
        if (!history.Succeeded)
        {
            return history.Failure.Page();
        }

        if (!history.Value.MayWrite)
        {
            return new Refused<MoveDocument>(Failure.Forbidden with { About = history.Value.About });
        }

        if (history.Value.Live is not { } live)
        {
            return Failure.NotFound.Page();
        }

        var read = await sender.Send(new ReadEdition.ReadEdition(live.Id), cancellationToken);
        return read.Succeeded
            ? MoveDocumentPage.Of(
                read.Value,
                form ?? new MoveDocument { EditionId = live.Id, ChannelId = read.Value.Kept.ChannelId, Slug = read.Value.Kept.Slug },
                failure)
            : read.Failure.Page();
    }
}
