using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Portal.Host.Identity;
using Portal.Host.Identity.SignIn;

namespace Portal.Host.Web;

/// <summary>
/// Refuses a form without its token before any handler runs, whether the handler binds the form or not; and whatever a
/// browser itself says was sent from another site, or holds what no text may hold. What staff typed on a page of ours is
/// kept through that: it is shown again with a fresh token, and only the person sends it.
/// </summary>
internal sealed class ForgeryGate(RequestDelegate next, CarriedForms carried, IConfiguration configuration)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // PostgreSQL has no such character in text, and no keyboard types it.
        if (context.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var unsafeMethod = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
            && !HttpMethods.IsOptions(context.Request.Method);
        if (!unsafeMethod)
        {
            await next(context);
            return;
        }

        var forged = context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false };
        if (forged && await KeptAsync(context) is { } page)
        {
            await page.ExecuteAsync(context);
        }
        else if (forged || context.Request.Headers["Sec-Fetch-Site"] == "cross-site" || HoldsNull(context))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        else
        {
            await next(context);
        }
    }

    private async Task<IResult?> KeptAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.Features.Get<SignedIn>() is null
            || context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is null
            || !request.Path.StartsWithSegments("/console")
            || CarriedForms.AsksForNoPage(request)
            || !IsOfThisSite(request))
        {
            return null;
        }

        // The framework gives nobody a form whose token does not hold; here it is read to be shown, never to be acted on.
        context.Features.Set<IAntiforgeryValidationFeature>(null);
        if (await CarriedForms.ReadAsync(request, context.RequestAborted) is not { } form
            || form.Fields.Any(field => field.Value.Contains('\0', StringComparison.Ordinal)))
        {
            return null;
        }

        // A page without any token is nobody else's. A token that was made for somebody else, or for nobody that can be
        // told, is: what was typed there waits for who typed it.
        return form.Token.Length == 0 || carried.IsOf(form, context.User, request)
            ? ResumePage.Render(form, ResumeCause.Unproven)
            : SignInPage.RenderForeign(carried.Seal(form), configuration.GetValue<bool>("Portal:Demo"));
    }

    // Every browser of today says where a form comes from; a sibling site is another site.
    private static bool IsOfThisSite(HttpRequest request) =>
        (request.Headers["Sec-Fetch-Site"] is not [{ } site] || site == "same-origin")
        && (request.Headers.Origin is not [{ } origin]
            || (Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.Authority == request.Host.Value));

    // The check of the token has read the form already.
    private static bool HoldsNull(HttpContext context) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is not null
        && context.Request.HasFormContentType
        && context.Request.Form.Any(
            field => field.Value.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true));
}
