using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Web;

namespace Portal.Interaction.Interviews.WatchInterview;

/// <summary>
/// The live page: what was said so far, and with a script whatever is said next. Without one it loads itself anew. While
/// the interview is on air a copy lives two seconds at most.
/// </summary>
internal sealed class WatchInterviewEndpoint : ICarterModule
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(2);

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/interviews/{key}/live", AnswerAsync, "refresh").AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        string key, string? refresh, HttpContext http, ICurrentSite current, ISettings settings, InterviewReader reader, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var site = current.Site!;
        http.Tag(CacheTags.Interaction(site.Id));
        if (await reader.FindAsync(key, cancellationToken) is not { } interview)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        if (interview.State is not InterviewState.Live && !InterviewFlow.Ahead.Contains(interview.State))
        {
            http.Tag(CacheTags.Activity(interview.Id));
            return Results.LocalRedirect($"{http.Request.PathBase}/interviews/{key}");
        }

        http.Tag(CacheTags.Activity(interview.Id));
        http.ExpireBy(clock.GetUtcNow() + Life, clock);
        return WatchInterviewPage.Of(new WatchedInterview(
            await reader.ViewAsync(interview, cancellationToken), settings.For<InterviewSettings>(site.Id).RefreshSeconds, refresh != "off"));
    }
}

/// <summary>What the live page shows.</summary>
/// <param name="View">The interview.</param>
/// <param name="Seconds">After which it loads itself anew where no script runs.</param>
/// <param name="Refreshes">Unless the visitor has stopped that.</param>
public sealed record WatchedInterview(InterviewView View, int Seconds, bool Refreshes);
