using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Publishing.Leaving.LeaveSite;

/// <summary>The notice before a link leads to a site that is not the government's (W-15). It never redirects by itself.</summary>
internal sealed class LeaveSiteEndpoint : ICarterModule
{
    private const int Longest = 2_000;

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicUncached("/leave", Answer).AddEndpointFilter<OpenSiteFilter>();

    private static RazorComponentResult<LeaveSitePage> Answer(string? url)
    {
        var target = TargetOf(url);
        return new(new { Target = target })
        {
            StatusCode = target is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
        };
    }

    private static Uri? TargetOf(string? url) =>
        url is { Length: <= Longest }
        && Uri.TryCreate(url, UriKind.Absolute, out var target)
        && (target.Scheme == Uri.UriSchemeHttps || target.Scheme == Uri.UriSchemeHttp)
        && target.UserInfo.Length == 0
        && target.Host.Length > 0
            ? target
            : null;
}
