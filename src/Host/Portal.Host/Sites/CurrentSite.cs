using Portal.Host.Identity;
using Portal.Shared.Sites;

namespace Portal.Host.Sites;

/// <summary>The host name decides on public pages; the session decides in the console.</summary>
internal sealed class CurrentSite(IHttpContextAccessor accessor, ISites sites) : ICurrentSite
{
    public SiteInfo? Site
    {
        get
        {
            if (accessor.HttpContext is not { } context)
            {
                return null;
            }

            if (context.Request.Path.StartsWithSegments("/console"))
            {
                return context.Features.Get<SignedIn>()?.SiteId is { } chosen ? sites.ById(chosen) : null;
            }

            return context.Features.Get<SiteInfo>();
        }
    }
}
