using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Writing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Documents.DiscardEdition;

/// <summary>Says what discarding means, asks why, and does it.</summary>
internal sealed class DiscardEditionEndpoint : ICarterModule
{
    private const string Route = "/console/editions/{id:guid}/discarding";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (Guid id, ISender sender, CancellationToken cancellationToken) =>
            AgainAsync(id, "", null, sender, cancellationToken));
        app.MapConsoleForm(Route, async (
            Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var command = new DiscardEdition
            {
                EditionId = id,
                Version = form.Number("version"),
                Reason = form.Text("Reason"),
            };
            var discarded = await sender.Send(command, cancellationToken);
            return discarded.Succeeded
                ? Results.LocalRedirect($"/console/documents/{discarded.Value}?done=discarded")
                : discarded.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await AgainAsync(id, command.Reason, discarded.Failure, sender, cancellationToken)
                    : discarded.Failure.Page();
        });
    }

    private static async Task<IResult> AgainAsync(
        Guid id, string reason, Failure? failure, ISender sender, CancellationToken cancellationToken)
    {
        var read = await sender.Send(new ReadEdition.ReadEdition(id), cancellationToken);
        return !read.Succeeded ? read.Failure.Page()
            : read.Value.MayWrite ? DiscardEditionPage.Of(read.Value, reason, failure)
            : new Refused<DiscardEdition>(Failure.Forbidden with { About = read.Value.About });
    }
}
