using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Documents.EditEdition;
using Portal.Publishing.Documents.ReadEdition;
using Portal.Publishing.Writing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Reviews.SubmitEdition;

/// <summary>Submits an edition as it is kept; what is missing is said on its editing page.</summary>
internal sealed class SubmitEditionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/editions/{id:guid}/submission", SubmitAsync);

    private static async Task<IResult> SubmitAsync(
        Guid id, IFormCollection form, ISender sender, IStringLocalizer<ReviewText> text, CancellationToken cancellationToken)
    {
        var submitted = await sender.Send(new SubmitEdition(id, form.Number("Version")), cancellationToken);
        if (submitted.Succeeded)
        {
            return Results.LocalRedirect($"/console/editions/{id}?done=submitted");
        }

        var read = submitted.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
            ? await sender.Send(new ReadEdition(id), cancellationToken)
            : null;
        return read is { Succeeded: true }
            ? EditEditionPage.Of(
                read.Value, read.Value.Kept,
                submitted.Failure.Errors.Count > 0 ? submitted.Failure.Errors : [new FieldError("", text["ContentChanged"])],
                status: submitted.Failure.Status())
            : submitted.Failure.Page();
    }
}
