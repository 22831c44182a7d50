using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Writing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Reviews.PublishInEmergency;

/// <summary>Asks with everything that will follow, and publishes.</summary>
internal sealed class PublishInEmergencyEndpoint : ICarterModule
{
    private const string Route = "/console/editions/{id:guid}/emergency-publication";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, ShowAsync);
        app.MapConsoleForm(Route, PublishAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, ISender sender, CancellationToken cancellationToken)
    {
        var read = await sender.Send(new ReadReview.ReadReview(id), cancellationToken);
        return !read.Succeeded ? read.Failure.Page()
            : read.Value.MayPublishInEmergency ? PublishInEmergencyPage.Of(read.Value, "", [], StatusCodes.Status200OK)
            : new Refused<PublishInEmergency>(Failure.Forbidden with { About = read.Value.Edition.About });
    }

    private static async Task<IResult> PublishAsync(
        Guid id, IFormCollection form, ISender sender, IStringLocalizer<ReviewText> text, CancellationToken cancellationToken)
    {
        var request = new PublishInEmergency
        {
            EditionId = id,
            ContentHash = form.Text("ContentHash"),
            Reason = form.Text("Reason"),
        };
        var published = await sender.Send(request, cancellationToken);
        if (published.Succeeded)
        {
            return Results.LocalRedirect("/console/emergency-publications?done=published");
        }

        var failure = published.Failure;
        if (failure.Kind is not (FailureKind.Invalid or FailureKind.Conflict))
        {
            return failure.Page();
        }

        var read = await sender.Send(new ReadReview.ReadReview(id), cancellationToken);
        return read.Succeeded
            ? PublishInEmergencyPage.Of(
                read.Value, request.Reason,
                failure.Errors.Count > 0 ? failure.Errors : [new FieldError("", text["ContentChanged"])],
                failure.Status())
            : read.Failure.Page();
    }
}
