using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Audit.Register.ListReviews;

internal sealed class ListReviewsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app.MapConsolePage("/console/audit/register", AnswerAsync);

    private static async Task<IResult> AnswerAsync(
        string? site,
        string? channel,
        string? person,
        string? stage,
        string? title,
        string? from,
        string? to,
        string? before,
        string? after,
        ISender sender,
        CancellationToken cancellationToken)
    {
        var outcome = await sender.Send(
            new ListReviews
            {
                Site = site,
                Channel = channel,
                Person = person,
                Stage = stage,
                Title = title,
                From = from,
                To = to,
                Before = before,
                After = after,
            },
            cancellationToken);
        return outcome.Answer(ListReviewsPage.Of);
    }
}
