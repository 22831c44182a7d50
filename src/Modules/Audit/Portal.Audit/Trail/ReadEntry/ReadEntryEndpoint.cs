using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Audit.Trail.ReadEntry;

internal sealed class ReadEntryEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/audit/entries/{index:long:min(0)}", AnswerAsync);

    private static async Task<IResult> AnswerAsync(long index, ISender sender, CancellationToken cancellationToken)
    {
        var outcome = await sender.Send(new ReadEntry(index), cancellationToken);
        return outcome.Answer(ReadEntryPage.Of);
    }
}
