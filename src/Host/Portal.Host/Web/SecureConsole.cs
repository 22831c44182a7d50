namespace Portal.Host.Web;

/// <summary>
/// Outside the demo the console answers over HTTPS only: its cookies are never sent without. Says so to the person, and to
/// the operator, because a proxy that ends TLS and is not named in <c>Portal:KnownProxies</c> looks like plain HTTP.
/// </summary>
internal sealed partial class SecureConsole(RequestDelegate next, ILogger<SecureConsole> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsHttps || !context.Request.Path.StartsWithSegments("/console"))
        {
            return next(context);
        }

        LogRefused(logger);
        context.Response.Headers.Upgrade = "TLS/1.2";
        context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "The console was asked for over plain HTTP and refused. Behind a proxy that ends TLS, "
        + "name the proxy in Portal:KnownProxies and let it send X-Forwarded-Proto.")]
    private static partial void LogRefused(ILogger logger);
}
