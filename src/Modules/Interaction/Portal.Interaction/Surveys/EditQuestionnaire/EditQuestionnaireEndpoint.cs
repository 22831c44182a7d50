using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Interaction.Surveys.EditQuestionnaire;

/// <summary>The builder: the questionnaire in order, and the form of one section or question of it.</summary>
internal sealed class EditQuestionnaireEndpoint : ICarterModule
{
    private const string Route = "/console/surveys/{survey:guid}/questions";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, async (
            Guid survey, string? item, string? add, string? @in, string? remove, SurveyScope scope, IStringLocalizer<SurveyDeskText> text, CancellationToken cancellationToken) =>
        {
            var reached = await scope.FindAsync(survey, cancellationToken);
            if (!reached.Succeeded)
            {
                return reached.Failure.Refused ? new Refused<EditQuestionnaire>(reached.Failure) : reached.Failure.Page();
            }

            var definition = SurveyJson.Read<SurveyDefinition>(reached.Value.Survey.Definition);
            QuestionnaireForm? form = definition.Sections.FirstOrDefault(section => section.Key == item) is { } section ? QuestionnaireForm.Of(definition, section)
                : definition.Find(item ?? "") is { } question ? QuestionnaireForm.Of(definition, question)
                : definition.Sections.Any(doomed => doomed.Key == remove) || definition.Find(remove ?? "") is not null ? new QuestionnaireForm { Act = QuestionnaireAct.Remove, Key = remove! }
                : add switch
                {
                    "section" => new QuestionnaireForm { Act = QuestionnaireAct.SaveSection },
                    "question" when definition.Sections.Any(home => home.Key == @in) => new QuestionnaireForm { Act = QuestionnaireAct.SaveQuestion, In = @in!, Required = true },
                    "import" => new QuestionnaireForm { Act = QuestionnaireAct.Import, Json = reached.Value.Survey.Definition },
                    _ => null,
                };
            return EditQuestionnairePage.Of(reached.Value.Survey, definition, SurveyChecks.Of(definition, text), form, null);
        });
        app.MapConsoleForm(Route, async (
            Guid survey, IFormCollection posted, ISender sender, SurveyScope scope, IStringLocalizer<SurveyDeskText> text, CancellationToken cancellationToken) =>
        {
            var form = Filled(posted);
            var done = await sender.Send(new EditQuestionnaire(survey, posted.Number("Version"), form), cancellationToken);
            if (done.Succeeded)
            {
                return Results.LocalRedirect($"/console/surveys/{survey}/questions?done=saved" + (form.Key.Length > 0 ? "#" + form.Key : ""));
            }

            if (done.Failure.Kind is not (FailureKind.Invalid or FailureKind.Conflict))
            {
                return done.Failure.Page();
            }

            var found = (await scope.FindAsync(survey, cancellationToken)).Value.Survey;
            var definition = SurveyJson.Read<SurveyDefinition>(found.Definition);
            return EditQuestionnairePage.Of(
                found, definition, SurveyChecks.Of(definition, text),
                form.Act is QuestionnaireAct.SaveSection or QuestionnaireAct.SaveQuestion or QuestionnaireAct.Import or QuestionnaireAct.Remove ? form : null, done.Failure);
        }).WithFormOptions(valueLengthLimit: SurveyChecks.LargestDefinition * 2);
    }

    private static QuestionnaireForm Filled(IFormCollection form) => new()
    {
        Act = form.Chosen<QuestionnaireAct>("Act") ?? QuestionnaireAct.SaveSection,
        Key = form.Text("Key"),
        In = form.Text("In"),
        Title = form.Text("Title"),
        Text = form.Text("Text"),
        Kind = form.Chosen<QuestionKind>("Kind") ?? QuestionKind.One,
        Required = form.Flag("Required"),
        Options = form.Text("Options"),
        Rows = form.Text("Rows"),
        Minimum = form.Text("Minimum"),
        Maximum = form.Text("Maximum"),
        Decimals = form.Number("Decimals"),
        Unit = form.Text("Unit"),
        From = form.Day("From"),
        Until = form.Day("Until"),
        All = form.Text("All") != "false",
        When =
        [
            .. Enumerable.Range(0, QuestionnaireForm.Conditions).Select(index => new ConditionForm(
                form.Text($"When[{index}].Question"), form.Chosen<ConditionOperator>($"When[{index}].Operator") ?? ConditionOperator.IsAny,
                form.Text($"When[{index}].Values"))),
        ],
        Json = form.Text("Json"),
        Sure = form.Flag("Sure"),
    };
}
