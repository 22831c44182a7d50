using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Portal.Disclosure.Docking.ReadSource;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Disclosure.Docking.ChangeSourceState;

internal sealed class ChangeSourceStateEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/docking/{id:guid}/state", async (
            Guid id, [FromForm] ChangeSourceState form, ISender sender, CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(form with { Id = id }, cancellationToken);
            return outcome.Succeeded ? Results.Redirect($"/console/docking/{id}?done={outcome.Value}")
                : await SourceAnswers.AgainAsync(id, outcome.Failure, sender, cancellationToken);
        });
}

internal static class SourceAnswers
{
    /// <summary>The unit's page again with what was wrong in a form of it.</summary>
    public static async Task<IResult> AgainAsync(Guid id, Failure failure, ISender sender, CancellationToken cancellationToken)
    {
        if (failure.Kind != FailureKind.Invalid)
        {
            return failure.Page();
        }

        var read = await sender.Send(new ReadSource.ReadSource(id), cancellationToken);
        return read.Succeeded ? ReadSourcePage.Render(read.Value, null, failure.Errors) : read.Failure.Page();
    }
}
