using Portal.Host.Administration;
using Portal.Host.Calendars;
using Portal.Host.Sites;
using Portal.Shared.Web;

namespace Portal.Host.Web;

/// <summary>Finds the site of the host name. A name that is nobody's is answered 421 and reaches nothing else.</summary>
internal sealed class SiteResolution(
    RequestDelegate next, SiteDirectory sites, EffectiveSettings settings, CalendarDirectory calendars, HostRoles roles)
{
    // What is loaded is replaced, never dropped.
    private volatile bool _loaded;

    public Task InvokeAsync(HttpContext context)
    {
        // The public's catch-all must not answer for the console, where the site is another one.
        var strayed = context.Request.Path.StartsWithSegments("/console")
            && context.GetEndpoint()?.Metadata.GetMetadata<PublicPageAttribute>() is not null;
        if (strayed || !roles.Serves(context.Request.Path))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        // Files of the build are the same for every host; the page that says 421 wears them too.
        return context.Request.Path.StartsWithSegments("/health") || context.Request.Path.StartsWithSegments("/assets")
            ? next(context)
            : _loaded ? ResolveAsync(context) : LoadAsync(context);
    }

    // The first requests only: all others go on without an asynchronous step of their own.
    private async Task LoadAsync(HttpContext context)
    {
        await sites.EnsureLoadedAsync(context.RequestAborted);
        await settings.EnsureLoadedAsync(context.RequestAborted);
        await calendars.EnsureLoadedAsync(context.RequestAborted);
        _loaded = true;
        await ResolveAsync(context);
    }

    private Task ResolveAsync(HttpContext context)
    {
        if (sites.ByHost(context.Request.Host.Host) is not { } site)
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return Task.CompletedTask;
        }

        context.Features.Set(site);
        return next(context);
    }
}
