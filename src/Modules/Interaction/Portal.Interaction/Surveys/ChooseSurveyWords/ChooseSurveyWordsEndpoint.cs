using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Surveys.ChooseSurveyWords;

/// <summary>文字答案: what was written, and what of it the public reads.</summary>
internal sealed class ChooseSurveyWordsEndpoint : ICarterModule
{
    private const string Route = "/console/surveys/{survey:guid}/words";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (Guid survey, string? question, string? after, ISender sender, CancellationToken cancellationToken) =>
            ShowAsync(new ReadSurveyWords(survey, question, after), null, sender, cancellationToken));
        app.MapConsoleForm(Route, async (Guid survey, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var choice = new ChooseSurveyWords(
                survey, form.Text("Question"), form.Text("Source"), form.Text("Text"), form.Text("Act") != "drop");
            var chosen = await sender.Send(choice, cancellationToken);
            var after = form.Text("After") is { Length: > 0 } edge ? edge : null;
            return chosen.Succeeded
                ? Results.LocalRedirect($"/console/surveys/{survey}/words?question={Uri.EscapeDataString(choice.Question)}{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}")
                : chosen.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await ShowAsync(new ReadSurveyWords(survey, choice.Question, after), chosen.Failure, sender, cancellationToken)
                    : chosen.Failure.Page();
        });
    }

    private static async Task<IResult> ShowAsync(ReadSurveyWords request, Failure? failure, ISender sender, CancellationToken cancellationToken)
    {
        var found = await sender.Send(request, cancellationToken);
        return found.Succeeded ? ChooseSurveyWordsPage.Of(found.Value, request.After, failure) : found.Failure.Page();
    }
}
