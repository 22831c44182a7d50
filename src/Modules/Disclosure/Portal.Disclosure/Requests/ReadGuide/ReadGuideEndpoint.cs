using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Disclosure.Requests.ReadGuide;

/// <summary>依申请公开: who receives requests, how, by when, at what fee, and what to do against an answer .</summary>
internal sealed class ReadGuideEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/disclosure/requests", () => new RazorComponentResult<ReadGuidePage>())
            .AddEndpointFilter<OpenSiteFilter>();
}
