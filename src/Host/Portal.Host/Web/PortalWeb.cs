using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Carter;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Localization;
using Portal.Host.Identity;
using Portal.Shared.Modules;
using Portal.Shared.Web;

namespace Portal.Host.Web;

/// <summary>The services and the order of the request pipeline.</summary>
internal static class PortalWeb
{
    public static void AddPortalWeb(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddRazorComponents();
        services.AddLocalization();
        services.AddSingleton<ResourceManagerStringLocalizerFactory>();
        services.AddSingleton<IStringLocalizerFactory, RememberedTexts>();
        // The default encoder writes every Chinese letter as a character reference and doubles the page.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddProblemDetails();
        services.AddRequestTimeouts(options => options.DefaultPolicy = new()
        {
            Timeout = TimeSpan.FromSeconds(30),
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
        });
        services.AddOutputCache(options =>
        {
            options.SizeLimit = configuration.GetValue("Portal:PageCacheBytes", 128L * 1024 * 1024);
            options.MaximumBodySize = 4 * 1024 * 1024;
            options.UseCaseSensitivePaths = true;
        });
        services.AddSingleton<PageCache>();
        services.AddSingleton<IPageCache>(provider => provider.GetRequiredService<PageCache>());
        services.AddHostedService<DatabaseListener>();
        services.AddSingleton<AssetFiles>();
        services.AddSingleton<Readiness>();
        services.Configure<ForwardedHeadersOptions>(options => TrustProxies(options, configuration));
        services.AddHsts(options =>
        {
            options.MaxAge = TimeSpan.FromDays(365);
            options.IncludeSubDomains = true;
        });
        var roles = HostRoles.Of(configuration);
        services.AddSingleton(roles);
        if (roles.Worker)
        {
            services.AddPortalWorkers(PortalModuleList.All);
        }
    }

    public static void UsePortalPipeline(this WebApplication app)
    {
        // One culture for the whole process: neither a header nor a cookie may change what an address shows.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = new CultureInfo("zh-CN");
        if (Proxies(app.Configuration).Length > 0)
        {
            app.UseForwardedHeaders();
        }

        app.UseMiddleware<SecurityHeaders>();
        app.UseStatusCodePages(context => ErrorPages.AnswerAsync(context.HttpContext));
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = ErrorPages.AnswerAsync,
            StatusCodeSelector = exception =>
                exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
        });
        if (!app.Configuration.GetValue<bool>("Portal:Demo"))
        {
            app.UseHsts();
            app.UseMiddleware<SecureConsole>();
        }

        app.UseMiddleware<ReaderModePrefix>();
        app.UseRouting();
        app.UseMiddleware<SiteResolution>();
        app.UseMiddleware<WrongMethods>();
        // What is in the cache is answered here: it needs neither a clock nor a limit.
        app.UseOutputCache();
        app.UseRequestTimeouts();
        app.UseRateLimiter();
        app.UseMiddleware<PageBytes>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<PasswordDuty>();
        app.UseMiddleware<OversizeForms>();
        app.UseAntiforgery();
        app.UseMiddleware<ForgeryGate>();
        app.UseMiddleware<EmptyFields>();
        app.MapCarter();
    }

    public static void LimitRequests(this WebApplicationBuilder builder) =>
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // An endpoint that takes uploads states a larger limit of its own.
            kestrel.Limits.MaxRequestBodySize = 2 * 1024 * 1024;
            // A long text in the search box grows ninefold in an address; Kestrel answers what is longer without a page.
            kestrel.Limits.MaxRequestLineSize = 16 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxConcurrentConnections = 10_000;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        });

    private static void TrustProxies(ForwardedHeadersOptions options, IConfiguration configuration)
    {
        options.ForwardedHeaders =
            ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in Proxies(configuration))
        {
            options.KnownProxies.Add(IPAddress.Parse(proxy));
        }
    }

    private static string[] Proxies(IConfiguration configuration) =>
        configuration.GetSection("Portal:KnownProxies").Get<string[]>() ?? [];
}
