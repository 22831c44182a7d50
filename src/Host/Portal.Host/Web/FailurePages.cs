using Portal.Shared.Outcomes;

namespace Portal.Host.Web;

/// <summary>Answers failures of the console where there is no form to show again.</summary>
internal static class FailurePages
{
    public static IResult Page(this Failure failure) =>
        ErrorPage.Render(failure.Status(), ErrorPage.ShownFor(failure.Status()), "/console", null);
}
