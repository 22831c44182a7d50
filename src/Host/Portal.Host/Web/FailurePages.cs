using Portal.Shared.Outcomes;

namespace Portal.Host.Web;

/// <summary>Answers failures of the console where there is no form to show again.</summary>
internal static class FailurePages
{
    public static IResult Page(this Failure failure) => ErrorPage.Render(failure.Status(), "/console", null);

    public static int Status(this Failure failure) => failure.Kind switch
    {
        FailureKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        FailureKind.NotFound => StatusCodes.Status404NotFound,
        FailureKind.Forbidden => StatusCodes.Status403Forbidden,
        FailureKind.Conflict => StatusCodes.Status409Conflict,
        _ => throw new InvalidOperationException($"Unknown failure {failure.Kind}."),
    };
}
