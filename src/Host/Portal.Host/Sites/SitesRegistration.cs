using Microsoft.Extensions.DependencyInjection.Extensions;
using Portal.Host.Sites.EditSite;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

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
        // Publishing replaces it by the channels; without them a site still has its pages of errors.
        services.TryAddScoped<ISiteNavigation, NoNavigation>();
    }

    private sealed class NoNavigation : ISiteNavigation
    {
        public Task<IReadOnlyList<NavigationEntry>> OfAsync(SiteInfo site, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<NavigationEntry>>([]);
    }
}
