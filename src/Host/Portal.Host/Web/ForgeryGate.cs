using Microsoft.AspNetCore.Antiforgery;

namespace Portal.Host.Web;

/// <summary>
/// Refuses a form without its token before any handler runs, whether the handler binds the form or not; and whatever a
/// browser itself says was sent from another site, or holds what no text may hold.
/// </summary>
internal sealed class ForgeryGate(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        // PostgreSQL has no such character in text, and no keyboard types it.
        if (context.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        var unsafeMethod = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
            && !HttpMethods.IsOptions(context.Request.Method);
        if (unsafeMethod
            && (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
                || context.Request.Headers["Sec-Fetch-Site"] == "cross-site"
                || HoldsNull(context)))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        return next(context);
    }

    // The check of the token has read the form already.
    private static bool HoldsNull(HttpContext context) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is not null
        && context.Request.HasFormContentType
        && context.Request.Form.Any(field => field.Value.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true));
}
