using Portal.Host.Sites.EditSite;
using Portal.Shared.Sites;

namespace Portal.Host.Sites;

internal static class SitesRegistration
{
    public static void AddSites(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<SiteDirectory>();
        services.AddSingleton<ISites>(provider => provider.GetRequiredService<SiteDirectory>());
        services.AddScoped<ICurrentSite, CurrentSite>();
        services.AddScoped<SiteReader>();
    }
}
