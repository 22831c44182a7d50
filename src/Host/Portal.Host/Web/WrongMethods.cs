namespace Portal.Host.Web;

/// <summary>
/// Answers a method that a public address does not know with 405 and the methods that it does. The endpoint that
/// routing chooses for that states no authorisation, so the fallback policy would ask visitors to sign in.
/// </summary>
internal sealed class WrongMethods(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        // Everything that is mapped is a route; only routing's own refusals are not. The console stays behind its door.
        context.GetEndpoint() is { RequestDelegate: { } refuse } and not RouteEndpoint
        && !context.Request.Path.StartsWithSegments("/console")
            ? refuse(context)
            : next(context);
}
