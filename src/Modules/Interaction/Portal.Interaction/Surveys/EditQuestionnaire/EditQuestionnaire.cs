using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;

namespace Portal.Interaction.Surveys.EditQuestionnaire;

/// <summary>Changes the questionnaire of a draft.</summary>
public sealed record EditQuestionnaire(Guid SurveyId, int Version, QuestionnaireForm Form) : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSurveys;
}

internal sealed class EditQuestionnaireHandler(
    InteractionDbContext db, SurveyScope scope, QuestionnaireEditor editor, IStringLocalizer<SurveyDeskText> text, TimeProvider clock)
    : IRequestHandler<EditQuestionnaire, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(EditQuestionnaire request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.SurveyId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var survey = reached.Value.Survey;
        if (survey.State != SurveyState.Draft)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Survey.Frozen"])]);
        }

        if (survey.Version != request.Version)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Survey.Stale"])]);
        }

        var changed = editor.Apply(SurveyJson.Read<SurveyDefinition>(survey.Definition), request.Form);
        if (!changed.Succeeded)
        {
            return changed.Failure;
        }

        var content = SurveyJson.Canonical(changed.Value);
        if (content.Length > SurveyChecks.LargestDefinition)
        {
            return Failure.Invalid("", text["Builder.Fault.Large"]);
        }

        survey.Definition = content;
        survey.Version++;
        db.Record(Decision.By(
            reached.Value.Actor, clock.GetUtcNow(), "interaction.survey.questions-changed", survey.SiteId, "survey", survey.Id.ToString(), survey.Title,
            null, SurveyJson.Hash(content), ("act", request.Form.Act.ToString())));
        return await db.TrySaveAsync(cancellationToken) is not null
            ? new Failure(FailureKind.Conflict, [new FieldError("", text["Survey.Stale"])])
            : Done.Value;
    }
}
