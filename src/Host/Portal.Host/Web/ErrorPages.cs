using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Host.Web;

/// <summary>Answers errors that no endpoint has a page for: a page for people, ProblemDetails for programs.</summary>
internal static class ErrorPages
{
    public static async Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await ResultFor(context, context.Response.StatusCode).ExecuteAsync(context);
        }
    }

    private static IResult ResultFor(HttpContext context, int status)
    {
        var shown = ErrorPage.ShownFor(context, status);
        if (WantsJson(context.Request))
        {
            var text = context.RequestServices.GetRequiredService<IStringLocalizer<ErrorPage>>();
            return TypedResults.Problem(new ProblemDetails { Status = status, Title = text[$"Title{shown}"], Detail = text[$"Text{shown}"] });
        }

        var site = context.Features.Get<SiteInfo>();
        var console = context.Request.Path.StartsWithSegments("/console");
        if (status == StatusCodes.Status404NotFound && site is not null && !console)
        {
            return MessagePage.Of(status);
        }

        // Everything else on the plainest page there is: a broken site must not break its error page too.
        var reference = status >= StatusCodes.Status500InternalServerError ? context.TraceIdentifier : null;
        // A visitor of a host that is nobody's learns the address of the portal where there is one for all sites.
        var address = status == StatusCodes.Status421MisdirectedRequest
            ? context.RequestServices.GetRequiredService<IConfiguration>()["Portal:Address"]
            : null;
        return ErrorPage.Render(status, shown, site is null ? null : console ? "/console" : "/", reference, address);
    }

    private static bool WantsJson(HttpRequest request)
    {
        // Whoever asks an interface is a program, whatever it says that it takes.
        if (request.Path.StartsWithSegments("/api"))
        {
            return true;
        }

        var accepts = request.Headers.Accept.ToString();
        return accepts.Contains("json", StringComparison.OrdinalIgnoreCase)
            && !accepts.Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }
}
