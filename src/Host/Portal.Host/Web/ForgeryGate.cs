using Microsoft.AspNetCore.Antiforgery;

namespace Portal.Host.Web;

/// <summary>
/// Refuses a form without its token before any handler runs, whether the handler binds the form or not; and whatever a
/// browser itself says was sent from another site.
/// </summary>
internal sealed class ForgeryGate(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var unsafeMethod = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
            && !HttpMethods.IsOptions(context.Request.Method);
        if (unsafeMethod
            && (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
                || context.Request.Headers["Sec-Fetch-Site"] == "cross-site"))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
