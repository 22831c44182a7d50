using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Disclosure.Openness.ReadOpenness;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Disclosure.Openness.RecordReason;

/// <summary>Takes the reason of something late.</summary>
internal sealed class RecordReasonEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/disclosure/openness/{item:guid}/reasons", RecordAsync);

    private static async Task<IResult> RecordAsync(
        Guid item, IFormCollection form, ISender sender, CancellationToken cancellationToken)
    {
        var typed = form.Text("Reason");
        var recorded = await sender.Send(new RecordReason(item, typed), cancellationToken);
        if (recorded.Succeeded)
        {
            return Results.LocalRedirect($"/console/disclosure/openness/{item}?done=explained");
        }

        var read = recorded.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
            ? await sender.Send(new ReadOpenness.ReadOpenness(item), cancellationToken)
            : null;
        return read is { Succeeded: true } && (read.Value.MayExplain || recorded.Failure.Kind == FailureKind.Conflict)
            ? ReadOpennessPage.Of(
                read.Value, typed, recorded.Failure.Errors, status: recorded.Failure.Status())
            : (read switch
            {
                { Succeeded: true } => Failure.Forbidden,
                { Failure: { } hidden } => hidden,
                _ => recorded.Failure,
            }).Page();
    }
}
