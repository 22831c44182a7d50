using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Audit.Trail.ListEntries;

internal sealed class ListEntriesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app.MapConsolePage("/console/audit/entries", AnswerAsync);

    private static async Task<IResult> AnswerAsync(
        string? site,
        string? actor,
        string? action,
        [FromQuery(Name = "object")] string? objectName,
        string? from,
        string? to,
        string? before,
        string? after,
        ISender sender,
        CancellationToken cancellationToken)
    {
        var outcome = await sender.Send(
            new ListEntries
            {
                Site = site,
                Actor = actor,
                Action = action,
                ObjectName = objectName,
                From = from,
                To = to,
                Before = before,
                After = after,
            },
            cancellationToken);
        return outcome.Answer(ListEntriesPage.Of);
    }
}
