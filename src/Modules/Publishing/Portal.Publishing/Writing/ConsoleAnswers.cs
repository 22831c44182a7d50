using Microsoft.AspNetCore.Http;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Writing;

/// <summary>Answers of the console where there is no page to show.</summary>
internal static class ConsoleAnswers
{
    /// <summary>The status of the failure; the host adds the console's page with the way back.</summary>
    public static IResult Page(this Failure failure) => Results.StatusCode(failure.Status());

    /// <summary>ProblemDetails for scripts.</summary>
    public static IResult Problem(this Failure failure, string title) =>
        Results.Problem(
            title: title,
            detail: failure.Errors.Count > 0 ? string.Join(' ', failure.Errors.Select(error => error.Message)) : title,
            statusCode: failure.Status());
}
