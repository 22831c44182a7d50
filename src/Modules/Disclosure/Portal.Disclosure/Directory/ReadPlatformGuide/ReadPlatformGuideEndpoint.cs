using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.ReadPlatformGuide;

/// <summary>
/// 政府信息公开指南 of a site that has published none of its own (R-04, P-04), put together from what the site has registered.
/// </summary>
internal sealed class ReadPlatformGuideEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/" + RecordPath.Guide, () => new RazorComponentResult<ReadPlatformGuidePage>())
            .AddEndpointFilter<OpenSiteFilter>();
}
