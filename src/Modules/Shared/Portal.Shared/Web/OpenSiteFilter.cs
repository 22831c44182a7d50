using Microsoft.AspNetCore.Http;
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

    private static IResult Closed(HttpContext http, SiteInfo? site)
    {
        var status = Notice(http, site);
        // Programs get no page: the host answers them.
        return http.Request.Path.StartsWithSegments("/api") ? Results.StatusCode(status) : NoticePage.Of(status, site);
    }

    private static int Notice(HttpContext http, SiteInfo? site)
    {
        if (site is not null)
        {
            http.Tag(CacheTags.Site(site.Id));
        }

        switch (site?.Status)
        {
            case null:
                return StatusCodes.Status421MisdirectedRequest;
            case SiteStatus.Suspended:
                http.Response.Headers.RetryAfter = Hour;
                http.Response.Headers.CacheControl = "no-store";
                return StatusCodes.Status503ServiceUnavailable;
            case SiteStatus.Closed:
                return StatusCodes.Status410Gone;
            default:
                return StatusCodes.Status404NotFound;
        }
    }
}
