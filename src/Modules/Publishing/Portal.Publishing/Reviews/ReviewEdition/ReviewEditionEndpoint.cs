using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Publishing.Documents;
using Portal.Publishing.Reviews.ReadReview;
using Portal.Publishing.Writing;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Reviews.ReviewEdition;

/// <summary>The review screen, and the decision on it; after it the next edition that waits opens.</summary>
internal sealed class ReviewEditionEndpoint : ICarterModule
{
    private const string Route = "/console/editions/{id:guid}/reviews";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, ShowAsync);
        app.MapConsoleForm(Route, DecideAsync);
    }

    private static async Task<IResult> ShowAsync(
        Guid id, string? done, ISender sender, DecidedReview decided, CancellationToken cancellationToken)
    {
        var read = await sender.Send(new ReadReview.ReadReview(id), cancellationToken);
        return read.Succeeded
            ? ReviewEditionPage.Of(read.Value, null, [], await decided.SayAsync(done, cancellationToken))
            : read.Failure.Page();
    }

    private static async Task<IResult> DecideAsync(
        Guid id, IFormCollection form, ISender sender, WaitingEditions waiting, ICurrentActor current,
        IStringLocalizer<ReviewText> text, CancellationToken cancellationToken)
    {
        var request = new ReviewEdition
        {
            EditionId = id,
            Stage = Enum.TryParse<ReviewStage>(form.Text("Stage"), out var stage) ? stage : null,
            ContentHash = form.Text("ContentHash"),
            Decision = form.Text("Decision") switch
            {
                "approve" => ReviewDecision.Approved,
                "return" => ReviewDecision.Returned,
                _ => null,
            },
            Opinion = form.Text("Opinion"),
            SecrecyChecked = form.Flag("SecrecyChecked"),
            Scheduled = form.Text("Scheduled") switch
            {
                "keep" => ScheduledChoice.Keep,
                "replace" => ScheduledChoice.Replace,
                _ => null,
            },
        };
        var decided = await sender.Send(request, cancellationToken);
        if (decided.Succeeded)
        {
            return await waiting.NextAsync(current.Actor!, cancellationToken) is { } next
                ? Results.LocalRedirect($"/console/editions/{next}/reviews?done={id}")
                : Results.LocalRedirect($"/console/reviews?done={id}");
        }

        var failure = decided.Failure;
        if (failure.Kind == FailureKind.NotFound)
        {
            return failure.Page();
        }

        // The opinion as typed stays, above the content as it is now.
        var read = await sender.Send(new ReadReview.ReadReview(id), cancellationToken);
        var errors = failure is { Kind: FailureKind.Conflict, Errors.Count: 0 }
            ? [new FieldError("", text["ContentChanged"])]
            : failure.Errors;
        return read.Succeeded && errors.Count > 0
            ? ReviewEditionPage.Of(read.Value, request, errors, null, failure.Status())
            : failure.Page();
    }
}
