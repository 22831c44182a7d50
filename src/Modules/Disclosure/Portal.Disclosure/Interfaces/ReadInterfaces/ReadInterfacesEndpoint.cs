using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Disclosure.Interfaces.ReadInterfaces;

/// <summary>开放接口: what programs can read here, for the people who write them.</summary>
internal sealed class ReadInterfacesEndpoint : ICarterModule
{
    public const string Path = "developers";

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/" + Path, () => new RazorComponentResult<ReadInterfacesPage>()).AddEndpointFilter<OpenSiteFilter>();
}
