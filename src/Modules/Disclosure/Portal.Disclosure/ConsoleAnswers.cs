using Microsoft.AspNetCore.Http;
using Portal.Shared.Outcomes;

namespace Portal.Disclosure;

/// <summary>Answers of the console where there is no page to show.</summary>
internal static class ConsoleAnswers
{
    /// <summary>The status of the failure; the host adds the console's page with the way back.</summary>
    public static IResult Page(this Failure failure) => Results.StatusCode(StatusOf(failure));

    public static int StatusOf(Failure failure) => failure.Kind switch
    {
        FailureKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        FailureKind.NotFound => StatusCodes.Status404NotFound,
        FailureKind.Forbidden => StatusCodes.Status403Forbidden,
        FailureKind.Conflict => StatusCodes.Status409Conflict,
        _ => throw new InvalidOperationException($"Unknown failure {failure.Kind}."),
    };
}
