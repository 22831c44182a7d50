using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Audit.Trail.ReadObjectHistory;

internal sealed class ReadObjectHistoryEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/audit/objects/{type}/{id}", AnswerAsync);

    private static async Task<IResult> AnswerAsync(
        string type, string id, string? before, string? after, ISender sender, CancellationToken cancellationToken)
    {
        var outcome = await sender.Send(new ReadObjectHistory(type, id, before, after), cancellationToken);
        return outcome.Answer(ReadObjectHistoryPage.Of);
    }
}
