using Microsoft.AspNetCore.Http;
using Portal.Shared.Outcomes;

namespace Portal.Audit;

/// <summary>Turns outcomes into answers.</summary>
internal static class ConsoleAnswers
{
    public static IResult Answer<T>(this Outcome<T> outcome, Func<T, IResult> page) =>
        outcome.Succeeded ? page(outcome.Value) : Results.StatusCode(outcome.Failure.Status());
}
