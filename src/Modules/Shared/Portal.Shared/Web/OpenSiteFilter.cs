using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Shared.Web;

/// <summary>
/// Lets a public page answer only for a site that is open. Otherwise: 421 on a host that is no site's, 503 while the
/// site is suspended (G-17), 410 once it is closed for good, 404 before it has opened.
/// </summary>
public sealed class OpenSiteFilter : IEndpointFilter
{
    private const string Hour = "3600";

    /// <inheritdoc />
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var http = context.HttpContext;
        var site = http.RequestServices.GetRequiredService<ICurrentSite>().Site;
        if (site is { IsOpen: true })
        {
            http.Tag(CacheTags.Site(site.Id));
            return next(context);
        }

        return ValueTask.FromResult<object?>(Closed(http, site));
    }

    private static RazorComponentResult Closed(HttpContext http, SiteInfo? site)
    {
        if (site is not null)
        {
            http.Tag(CacheTags.Site(site.Id));
        }

        switch (site?.Status)
        {
            case null:
                return NoticePage.Of(StatusCodes.Status421MisdirectedRequest, null);
            case SiteStatus.Suspended:
                http.Response.Headers.RetryAfter = Hour;
                http.Response.Headers.CacheControl = "no-store";
                return NoticePage.Of(StatusCodes.Status503ServiceUnavailable, site);
            case SiteStatus.Closed:
                return NoticePage.Of(StatusCodes.Status410Gone, site);
            default:
                return NoticePage.Of(StatusCodes.Status404NotFound, site);
        }
    }
}
