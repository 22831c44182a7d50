using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.ModuleName.AreaName.SliceName;

internal sealed class SliceNameEndpoint : ICarterModule
{
    private const string Route = "/console/area-name/slice-name/{id:guid}";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (Guid id) => SliceNamePage.Render(new SliceName { Id = id }));
        app.MapConsoleForm(Route, SubmitAsync);
    }

    private static async Task<IResult> SubmitAsync(
        [FromForm] SliceName form, HttpRequest request, ISender sender, CancellationToken cancellationToken)
    {
        var outcome = await sender.Send(form, cancellationToken);
        return outcome.Succeeded ? Results.Redirect(request.Path) : SliceNamePage.Render(form, outcome.Failure);
    }
}
