using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Surveys.ReadSurvey;

/// <summary>The page of a survey at the desk.</summary>
internal sealed class ReadSurveyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/surveys/{survey:guid}", (Guid survey, string? done, ISender sender, CancellationToken cancellationToken) =>
            AnswerAsync(survey, done, null, null, sender, cancellationToken));

    internal static async Task<IResult> AnswerAsync(
        Guid survey, string? done, TakeSurveyStep.TakeSurveyStep? typed, Failure? failure, ISender sender, CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ReadSurvey(survey), cancellationToken);
        return found.Succeeded ? ReadSurveyPage.Of(found.Value, done, typed, failure) : found.Failure.Page();
    }
}
