using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Publishing.Pages.ReadAccessibility;

internal sealed class ReadAccessibilityEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/accessibility", () => new RazorComponentResult<ReadAccessibilityPage>())
            .AddEndpointFilter<OpenSiteFilter>();
}
