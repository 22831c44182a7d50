using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Documents.EditEdition;
using Portal.Publishing.Writing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Documents.RecallEdition;

/// <summary>Takes the form on the page of an edition under review.</summary>
internal sealed class RecallEditionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/editions/{id:guid}/recall", async (
            Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var recalled = await sender.Send(
                new RecallEdition { EditionId = id, Version = form.Number("version"), Reason = form.Text("Reason") },
                cancellationToken);
            if (recalled.Succeeded)
            {
                return Results.LocalRedirect($"/console/editions/{id}?done=recalled");
            }

            var read = await sender.Send(new ReadEdition.ReadEdition(id), cancellationToken);
            return read.Succeeded && recalled.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                ? EditEditionPage.Of(
                    read.Value, read.Value.Kept, recalled.Failure.Errors, status: recalled.Failure.Status())
                : recalled.Failure.Page();
        });
}
