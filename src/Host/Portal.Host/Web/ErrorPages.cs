using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Portal.Shared.Ui;

namespace Portal.Host.Web;

/// <summary>Answers errors that no endpoint has a page for: a page for people, ProblemDetails for programs.</summary>
internal static class ErrorPages
{
    public static async Task AnswerAsync(HttpContext context)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var status = context.Response.StatusCode;
        IResult answer = WantsJson(context.Request)
            ? TypedResults.Problem(new ProblemDetails { Status = status })
            : MessagePageOf(context, status);
        await answer.ExecuteAsync(context);
    }

    private static RazorComponentResult<MessagePage> MessagePageOf(HttpContext context, int status) =>
        new(new
        {
            Status = status,
            Reference = status >= StatusCodes.Status500InternalServerError ? context.TraceIdentifier : null,
        })
        {
            StatusCode = status,
        };

    private static bool WantsJson(HttpRequest request)
    {
        var accepts = request.Headers.Accept.ToString();
        return accepts.Contains("json", StringComparison.OrdinalIgnoreCase)
            && !accepts.Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }
}
