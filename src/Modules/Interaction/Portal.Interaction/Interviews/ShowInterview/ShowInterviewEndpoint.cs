using Carter;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Interviews.ShowInterview;

/// <summary>An interview with its guests, questions, transcript and summary; one that was cancelled says so and why.</summary>
internal sealed class ShowInterviewEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/interviews/{key}", AnswerAsync).AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        string key, HttpContext http, ICurrentSite current, InterviewReader reader, TimeProvider clock, CancellationToken cancellationToken)
    {
        http.Tag(CacheTags.Interaction(current.Site!.Id));
        if (await reader.FindAsync(key, cancellationToken) is not { } interview)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        http.Tag(CacheTags.Activity(interview.Id), CacheTags.Calendar);
        // Days left are counted anew at midnight.
        http.ExpireBy(BeijingTime.StartOf(reader.Today.AddDays(1)), clock);
        return ShowInterviewPage.Of(await reader.ViewAsync(interview, cancellationToken));
    }
}
