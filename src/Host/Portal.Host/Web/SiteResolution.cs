using Portal.Host.Administration;
using Portal.Host.Calendars;
using Portal.Host.Sites;
using Portal.Shared.Web;

namespace Portal.Host.Web;

/// <summary>Finds the site of the host name. A name that is nobody's is answered 421 and reaches nothing else.</summary>
internal sealed class SiteResolution(
    RequestDelegate next, SiteDirectory sites, EffectiveSettings settings, CalendarDirectory calendars, HostRoles roles)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // The public's catch-all must not answer for the console, where the site is another one.
        var strayed = context.Request.Path.StartsWithSegments("/console")
            && context.GetEndpoint()?.Metadata.GetMetadata<PublicPageAttribute>() is not null;
        if (strayed || !roles.Serves(context.Request.Path))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // Files of the build are the same for every host; the page that says 421 wears them too.
        if (!context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/assets"))
        {
            await sites.EnsureLoadedAsync(context.RequestAborted);
            await settings.EnsureLoadedAsync(context.RequestAborted);
            await calendars.EnsureLoadedAsync(context.RequestAborted);
            if (sites.ByHost(context.Request.Host.Host) is not { } site)
            {
                context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
                return;
            }

            context.Features.Set(site);
        }

        await next(context);
    }
}
