using Portal.Host.Commands;
using Portal.Shared.Blobs;
using Portal.Shared.Commands;
using Portal.Shared.Modules;
using Portal.Shared.Web;

namespace Portal.Host.Web;

/// <summary>Puts the host together. Nothing here touches the database: a host is ready as soon as it listens.</summary>
internal static class PortalApplication
{
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddPortalModules(builder.Configuration, PortalModuleList.All);
        builder.Services.AddPortalWeb(builder.Configuration);
        builder.Services.AddSingleton<IBlobStore, LocalBlobStore>();
        builder.Services.AddSingleton<IProgressDisplay, ProgressDisplay>();
        builder.AddTelemetry();
        builder.LimitRequests();
        return builder;
    }

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        Assets.Load(AssetFiles.FolderOf(app.Environment, app.Configuration));
        app.UsePortalPipeline();
        return app;
    }
}
