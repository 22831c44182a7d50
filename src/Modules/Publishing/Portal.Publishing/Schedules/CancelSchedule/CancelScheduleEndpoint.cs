using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Reviews;
using Portal.Publishing.Reviews.ReadReview;
using Portal.Publishing.Writing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Schedules.CancelSchedule;

/// <summary>Asks, and takes an edition out of the schedule.</summary>
internal sealed class CancelScheduleEndpoint : ICarterModule
{
    private const string Route = "/console/editions/{id:guid}/schedule-cancellation";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, ShowAsync);
        app.MapConsoleForm(Route, CancelAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, ISender sender, CancellationToken cancellationToken)
    {
        var read = await sender.Send(new ReadReview(id), cancellationToken);
        return !read.Succeeded ? read.Failure.Page()
            : read.Value.MayRelease ? CancelSchedulePage.Of(read.Value, "", [], StatusCodes.Status200OK)
            : new Refused<CancelSchedule>(Failure.Forbidden with { About = read.Value.Edition.About });
    }

    private static async Task<IResult> CancelAsync(
        Guid id, IFormCollection form, ISender sender, IStringLocalizer<ReviewText> text, CancellationToken cancellationToken)
    {
        var reason = form.Text("Reason");
        var cancelled = await sender.Send(new CancelSchedule { EditionId = id, Reason = reason }, cancellationToken);
        if (cancelled.Succeeded)
        {
            return Results.LocalRedirect("/console/schedule?done=cancelled");
        }

        var failure = cancelled.Failure;
        if (failure.Kind is not (FailureKind.Invalid or FailureKind.Conflict))
        {
            return failure.Page();
        }

        var read = await sender.Send(new ReadReview(id), cancellationToken);
        return read.Succeeded
            ? CancelSchedulePage.Of(
                read.Value, reason,
                failure.Errors.Count > 0 ? failure.Errors : [new FieldError("", text["NotScheduled"])],
                failure.Status())
            : read.Failure.Page();
    }
}
