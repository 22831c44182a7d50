using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Primitives;
using Portal.Host.Identity;
using Portal.Host.Identity.SignIn;
using Portal.Shared.Web;

namespace Portal.Host.Web;

/// <summary>
/// Refuses a form without its token before any handler runs, whether the handler binds the form or not; and whatever a
/// browser itself says was sent from another site, or holds what no text may hold. What staff typed on a page of ours is
/// kept through that: it is shown again with a fresh token, and only the person sends it. So are the forms of the public that
/// opt in; they go to their handler without the field that would let them take effect.
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
        else if (forged && await MayReturnAsync(context))
        {
            await ReturnAsync(context, unproven: true);
        }
        else if (forged || context.Request.Headers["Sec-Fetch-Site"] == "cross-site" || HoldsNull(context))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        else if (ReturnedWithout(context) is not null && context.Request.HasFormContentType
            && context.Request.Form.ContainsKey(ShownAgain.Button))
        {
            await ReturnAsync(context, unproven: false);
        }
        else
        {
            await next(context);
        }
    }

    private static string? ReturnedWithout(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ShownAgainAttribute>()?.Field;

    private static async Task<bool> MayReturnAsync(HttpContext context) =>
        ReturnedWithout(context) is not null
        && !CarriedForms.AsksForNoPage(context.Request)
        && IsOfThisSite(context.Request)
        && await UnprovenAsync(context, FormOfAsync) is not null;

    private static async Task<IFormCollection?> FormOfAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return request.HasFormContentType && await request.ReadFormAsync(cancellationToken) is var form && !form.Any(HoldsNull)
                ? form
                : null;
        }
        catch (InvalidDataException)
        {
            // No browser sends that.
            return null;
        }
    }

    // The framework gives nobody a form whose token does not hold; here it is read to be shown, never to be acted on.
    private static async Task<T?> UnprovenAsync<T>(HttpContext context, Func<HttpRequest, CancellationToken, Task<T?>> read)
        where T : class
    {
        var invalid = context.Features.Get<IAntiforgeryValidationFeature>();
        context.Features.Set<IAntiforgeryValidationFeature>(null);
        var form = await read(context.Request, context.RequestAborted);
        if (form is null)
        {
            context.Features.Set(invalid);
        }

        return form;
    }

    // The names of fields know no case, and neither may this.
    private Task ReturnAsync(HttpContext context, bool unproven)
    {
        var without = ReturnedWithout(context)!;
        context.Request.Form = new FormCollection(
            context.Request.Form
                .Where(field => !field.Key.Equals(without, StringComparison.OrdinalIgnoreCase))
                .ToDictionary(field => field.Key, field => field.Value),
            context.Request.Form.Files);
        context.Features.Set(new ShownAgain(unproven));
        return next(context);
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

        if (await UnprovenAsync(context, CarriedOfAsync) is not { } form)
        {
            return null;
        }

        // A page without any token is nobody else's. A token that was made for somebody else, or for nobody that can be
        // told, is: what was typed there waits for who typed it.
        return form.Token.Length == 0 || carried.IsOf(form, context.User, request)
            ? ResumePage.Render(form, ResumeCause.Unproven)
            : SignInPage.RenderForeign(carried.Seal(form), configuration.GetValue<bool>("Portal:Demo"));
    }

    private static async Task<CarriedForm?> CarriedOfAsync(HttpRequest request, CancellationToken cancellationToken) =>
        await CarriedForms.ReadAsync(request, cancellationToken) is { } form
        && !form.Fields.Any(field => field.Value.Contains('\0', StringComparison.Ordinal))
            ? form
            : null;

    // Every browser of today says where a form comes from; a sibling site is another site.
    private static bool IsOfThisSite(HttpRequest request) =>
        (request.Headers["Sec-Fetch-Site"] is not [{ } site] || site == "same-origin")
        && (request.Headers.Origin is not [{ } origin]
            || (Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.Authority == request.Host.Value));

    // The check of the token has read the form already.
    private static bool HoldsNull(HttpContext context) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is not null
        && context.Request.HasFormContentType
        && context.Request.Form.Any(HoldsNull);

    private static bool HoldsNull(KeyValuePair<string, StringValues> field) =>
        field.Value.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true);
}
