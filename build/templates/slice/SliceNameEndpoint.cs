using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Actors;
using Portal.Shared.Web;

namespace Portal.ModuleName.AreaName.SliceName;

internal sealed class SliceNameEndpoint : ICarterModule
{
    private const string Route = "/console/area-name/{id:guid}/slice-name";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, IResult (ICurrentActor current) => current.Actor!.Has(SliceName.Permission)
            ? SliceNamePage.Of()
            : Results.StatusCode(StatusCodes.Status403Forbidden));
        app.MapConsoleForm(Route, async (Guid id, ISender sender, CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(new SliceName { Id = id }, cancellationToken);
            return outcome.Succeeded ? Results.LocalRedirect("/console") : SliceNamePage.Of(outcome.Failure);
        });
    }
}
