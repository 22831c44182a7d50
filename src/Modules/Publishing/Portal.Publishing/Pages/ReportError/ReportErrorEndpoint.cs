using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Publishing.Pages.ReportError;

/// <summary>我为政府网站找错 (G-35): where and how to report an error of a page.</summary>
internal sealed class ReportErrorEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicUncached("/report-error", Answer).AddEndpointFilter<OpenSiteFilter>();

    private static RazorComponentResult<ReportErrorPage> Answer(string? url, ISites sites) =>
        new(new { Page = OwnPage(url, sites) });

    // Only addresses of the province's own sites are shown back.
    private static Uri? OwnPage(string? url, ISites sites) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.AbsoluteUri.Length <= 600
        && sites.ByHost(address.IdnHost) is not null
            ? address
            : null;
}
