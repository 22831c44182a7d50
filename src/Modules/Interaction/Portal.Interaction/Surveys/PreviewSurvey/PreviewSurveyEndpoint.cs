using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Surveys.AnswerSurvey;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Surveys.PreviewSurvey;

/// <summary>What the preview is called where it is refused.</summary>
internal sealed record PreviewSurvey;

/// <summary>The survey as the public will see it, page by page with its branches; nothing of what is filled in is kept.</summary>
internal sealed class PreviewSurveyEndpoint : ICarterModule
{
    private const string Route = "/console/surveys/{survey:guid}/preview";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (
            Guid survey, SurveyScope scope, SurveyForms forms, IStringLocalizer<SurveyText> text, IStringLocalizer<SurveyDeskText> desk,
            TimeProvider clock, CancellationToken cancellationToken) => ShowAsync(survey, null, scope, forms, text, desk, clock, cancellationToken));
        app.MapConsoleForm(Route, (
                Guid survey, IFormCollection form, SurveyScope scope, SurveyForms forms, IStringLocalizer<SurveyText> text,
                IStringLocalizer<SurveyDeskText> desk, TimeProvider clock, CancellationToken cancellationToken) =>
                ShowAsync(survey, form, scope, forms, text, desk, clock, cancellationToken))
            .WithFormOptions(valueLengthLimit: SurveyForms.LargestToken * 2);
    }

    private static async Task<IResult> ShowAsync(
        Guid id, IFormCollection? form, SurveyScope scope, SurveyForms forms, IStringLocalizer<SurveyText> text, IStringLocalizer<SurveyDeskText> desk,
        TimeProvider clock, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(id, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure.Refused ? new Refused<PreviewSurvey>(reached.Failure) : reached.Failure.Page();
        }

        var survey = reached.Value.Survey;
        var definition = SurveyJson.Read<SurveyDefinition>(survey.Definition);
        if (SurveyChecks.Of(definition, desk).Count > 0)
        {
            // What cannot be served cannot be shown: the builder says what is missing.
            return Results.LocalRedirect($"/console/surveys/{id}/questions");
        }

        var hash = SurveyJson.Hash(SurveyJson.Canonical(definition));
        var pass = form is not null && forms.Open(form.Text("Token"), id) is { } known && known.Hash == hash ? known : forms.New(id, hash);
        var section = form?.Text("Section") ?? "";
        var filled = form is null ? pass : SurveyWalk.Take(pass, definition, section, name => [.. form[name].OfType<string>()]);
        var step = SurveyWalk.Turn(definition, filled, section, form?.Text("Act") ?? "", text);
        var turn = new SurveyTurn
        {
            Page = step.Page switch { WalkPage.Section => TurnPage.Section, WalkPage.Check => TurnPage.Check, _ => TurnPage.Done },
            Survey = new SurveyCard(
                survey.Key, survey.Title, survey.Mode, survey.Proof, survey.StageOf(BeijingTime.Date(clock.GetUtcNow())), survey.OpensOn, survey.ClosesOn, survey.Minutes),
            Token = forms.Seal(step.Pass) ?? forms.Seal(pass)!,
            Section = step.Section is null ? null : step.Sheet.Sections.First(shown => shown.Section.Key == step.Section.Key),
            Sections = step.Sheet.Sections,
            Varies = step.Section is { } current && step.Sheet.VariesAfter(current.Key),
            Fields = step.Pass.Fields,
            Errors = step.Errors,
        };
        return AnswerSurveyPage.Of(
            turn, step.Errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK, $"/console/surveys/{id}/preview");
    }
}
