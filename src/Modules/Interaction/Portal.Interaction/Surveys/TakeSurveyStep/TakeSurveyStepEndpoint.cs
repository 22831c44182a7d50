using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Interaction.Announcements;
using Portal.Interaction.Surveys.ReadSurvey;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Surveys.TakeSurveyStep;

/// <summary>Takes the forms of a survey's page.</summary>
internal sealed class TakeSurveyStepEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/surveys/{survey:guid}/steps", async (
            Guid survey, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var step = new TakeSurveyStep
            {
                SurveyId = survey,
                Trigger = form.Chosen<SurveyTrigger>("Trigger"),
                Version = form.Number("Version"),
                Reason = form.Text("Reason"),
                ClosesOn = form.Day("ClosesOn"),
                Usage = form.Text("Usage"),
                NumbersSeen = form.Flag(NumbersSeen.Field),
                Crosses = [.. form["Crosses"].OfType<string>()],
            };
            var taken = await sender.Send(step, cancellationToken);
            return taken.Succeeded ? Results.LocalRedirect($"/console/surveys/{survey}?done={step.Trigger}")
                : taken.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await ReadSurveyEndpoint.AnswerAsync(survey, null, step, taken.Failure, sender, cancellationToken)
                    : taken.Failure.Page();
        });
}
