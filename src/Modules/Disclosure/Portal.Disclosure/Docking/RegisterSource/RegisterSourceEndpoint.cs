using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Disclosure.Docking.RegisterSource;

internal sealed class RegisterSourceEndpoint : ICarterModule
{
    private const string Route = "/console/docking/new";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (SourceScope scope) => scope.Actor.Has(Permission.ManageSites)
            ? RegisterSourcePage.Render(new RegisterSource { Mode = SourceMode.Push }, scope.Sites, [])
            : Failure.Forbidden.Page());
        app.MapConsoleForm(Route, async (
            [FromForm] RegisterSource form, SourceScope scope, ISender sender, CancellationToken cancellationToken) =>
        {
            var outcome = await sender.Send(form, cancellationToken);
            return outcome.Succeeded ? Results.Redirect($"/console/docking/{outcome.Value}?done=registered")
                : outcome.Failure.Kind == FailureKind.Invalid ? RegisterSourcePage.Render(form, scope.Sites, outcome.Failure.Errors)
                : outcome.Failure.Page();
        });
    }
}
