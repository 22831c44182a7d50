using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Documents;
using Portal.Publishing.Reviews.ReadReview;
using Portal.Publishing.Writing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Reviews.ListReviews;

/// <summary>The queue 待我审查, and approval of several at once.</summary>
internal sealed class ListReviewsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage("/console/reviews", ShowAsync);
        app.MapConsoleForm("/console/reviews", ApproveAsync);
    }

    private static async Task<IResult> ShowAsync(
        string? site, string? stage, string? q, string? cursor, string? done,
        ISender sender, DecidedReview decided, CancellationToken cancellationToken)
    {
        var request = new ListReviews
        {
            SiteId = Guid.TryParse(site, out var id) ? id : null,
            Stage = Enum.TryParse<ReviewStage>(stage, out var named) && Enum.IsDefined(named) ? named : null,
            Text = q ?? "",
            Cursor = cursor,
        };
        var queue = await sender.Send(request, cancellationToken);
        return queue.Succeeded
            ? ListReviewsPage.Of(request, queue.Value, await decided.SayAsync(done, cancellationToken))
            : queue.Failure.Page();
    }

    private static async Task<IResult> ApproveAsync(
        IFormCollection form, ISender sender, CancellationToken cancellationToken)
    {
        var batch = new ReviewBatch.ReviewBatch
        {
            Chosen = [.. form["Chosen"].OfType<string>()],
            Opinion = form.Text("Opinion"),
            SecrecyChecked = form.Flag("SecrecyChecked"),
        };
        var lines = await sender.Send(batch, cancellationToken);
        if (lines.Succeeded)
        {
            return ReviewBatch.ReviewBatchPage.Of(lines.Value);
        }

        var request = new ListReviews();
        var queue = await sender.Send(request, cancellationToken);
        return lines.Failure.Kind == FailureKind.Invalid && queue.Succeeded
            ? ListReviewsPage.Of(request, queue.Value, null, batch, lines.Failure.Errors, StatusCodes.Status422UnprocessableEntity)
            : lines.Failure.Page();
    }
}
