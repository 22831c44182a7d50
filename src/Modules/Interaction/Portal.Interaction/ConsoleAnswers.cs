using Microsoft.AspNetCore.Http;
using Portal.Shared.Outcomes;

namespace Portal.Interaction;

/// <summary>Answers of the console where there is no page to show.</summary>
internal static class ConsoleAnswers
{
    /// <summary>The status of the failure; the host adds the console's page with the way back.</summary>
    public static IResult Page(this Failure failure) => Results.StatusCode(failure.Status());
}
