using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Portal.Disclosure.Docking.DecideQuarantine;
using Portal.Disclosure.Docking.PullSources;
using Portal.Disclosure.Docking.ReconcileSource;
using Portal.Shared.Outbound;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Disclosure.Docking;

internal static class DockingRegistration
{
    public static void AddDocking(this IServiceCollection services)
    {
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, DockingAuthentication>(DockingAuthentication.Name, null);
        services.AddAuthorizationBuilder().AddPolicy(PortalEndpoints.SignedPolicy, policy => policy
            .AddAuthenticationSchemes(DockingAuthentication.Name)
            .RequireAuthenticatedUser());
        services.AddSingleton<ItemReader>();
        services.AddScoped<DockingTrail>();
        services.AddScoped<DockedDirectory>();
        services.AddScoped<DirectoryFeed>();
        services.AddScoped<Buckets>();
        services.AddScoped<LikeRecords>();
        services.AddScoped<DockedItems>();
        services.AddScoped<DockingRuns>();
        services.AddScoped<SourceScope>();
        services.AddScoped<QuarantineReader>();
        services.AddScoped<IConsoleMenu, DockingMenu>();
        services.AddScoped<ITodayCards, DockingCards>();
        services.AddSingleton<OutboundHttp>();
        services.AddSingleton<RemoteKeys>();
        services.AddScoped<RemoteFeed>();
        services.AddScoped<PullSource>();
        services.AddScoped<ReconcileRecords>();
    }

    public static void AddDockingWorkers(this IServiceCollection services) => services.AddHostedService<PullWorker>();
}
