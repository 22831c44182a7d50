using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Disclosure.Interpretations.ReadPlan;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Disclosure.Interpretations.WritePlan;

/// <summary>Takes the form of a policy's interpretation plan.</summary>
internal sealed class WritePlanEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/disclosure/interpretations/{document:guid}", WriteAsync);

    private static async Task<IResult> WriteAsync(
        Guid document, IFormCollection form, ISender sender, CancellationToken cancellationToken)
    {
        var typed = new WritePlan
        {
            DocumentId = document,
            Number = form.Number("Number"),
            Needed = form.Text("Needed"),
            Reason = form.Text("Reason"),
            Forms = [.. form["Forms"].OfType<string>()],
            Outline = form.Text("Outline"),
            Unit = form.Text("Unit"),
            Person = form.Text("Person"),
            Channel = form.Text("Channel"),
            PlannedAt = form.Text("PlannedAt"),
        };
        var written = await sender.Send(typed, cancellationToken);
        if (written.Succeeded)
        {
            return Results.LocalRedirect($"/console/disclosure/interpretations/{document}?done=saved");
        }

        var read = written.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
            ? await sender.Send(new ReadPlan.ReadPlan(document), cancellationToken)
            : null;
        return read is { Succeeded: true, Value.MayWrite: true }
            ? ReadPlanPage.Of(
                read.Value, typed with { Number = read.Value.Form.Number }, written.Failure.Errors,
                status: written.Failure.Status())
            : read is { Succeeded: true } ? Failure.Forbidden.Page()
            : (read?.Failure ?? written.Failure).Page();
    }
}
