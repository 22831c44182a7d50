using Microsoft.AspNetCore.Http;
using Portal.Shared.Outcomes;

namespace Portal.Audit;

/// <summary>Turns outcomes into answers.</summary>
internal static class ConsoleAnswers
{
    public static IResult Answer<T>(this Outcome<T> outcome, Func<T, IResult> page) => outcome.Failure?.Kind switch
    {
        null => page(outcome.Value),
        FailureKind.Forbidden => Results.StatusCode(StatusCodes.Status403Forbidden),
        FailureKind.NotFound => Results.StatusCode(StatusCodes.Status404NotFound),
        FailureKind.Conflict => Results.StatusCode(StatusCodes.Status409Conflict),
        _ => Results.StatusCode(StatusCodes.Status422UnprocessableEntity),
    };
}
