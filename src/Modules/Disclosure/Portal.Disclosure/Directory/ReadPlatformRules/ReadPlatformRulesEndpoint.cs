using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Disclosure.Directory.ReadPlatformRules;

/// <summary>
/// 政府信息公开制度 of a site that has published none of its own (P-04): the rules of the whole country, and that it has none.
/// </summary>
internal sealed class ReadPlatformRulesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/" + RecordPath.Rules, () => new RazorComponentResult<ReadPlatformRulesPage>())
            .AddEndpointFilter<OpenSiteFilter>();
}
