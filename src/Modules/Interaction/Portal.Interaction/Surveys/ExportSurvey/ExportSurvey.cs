using System.Globalization;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using MiniExcelLibs;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Text;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Surveys.ExportSurvey;

/// <summary>The figures of a survey that is over, as a workbook: sums, never the answers of one person. That somebody took it away is recorded.</summary>
public sealed record ExportSurvey(Guid SurveyId) : IRequest<Outcome<byte[]>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSurveys;
}

internal sealed class ExportSurveyHandler(
    InteractionDbContext db, SurveyScope scope, SurveyResults results, IStringLocalizer<SurveyText> names, IStringLocalizer<SurveyDeskText> text,
    TimeProvider clock) : IRequestHandler<ExportSurvey, Outcome<byte[]>>
{
    public async Task<Outcome<byte[]>> Handle(ExportSurvey request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.SurveyId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (survey, actor, _) = reached.Value;
        if (survey.StageOf(BeijingTime.Date(clock.GetUtcNow())) is not (SurveyStage.Closed or SurveyStage.ResultUnderReview or SurveyStage.Reported))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Words.Not"])]);
        }

        var figures = survey.State == SurveyState.Reported
            ? SurveyJson.Read<SurveyFigures>(survey.Figures!)
            : (await results.OfAsync(survey, [], cancellationToken))!;
        var rows = SurveyCsv.Rows(figures, names).ToList();
        using var workbook = new MemoryStream();
        // Every cell is a text: what a title begins with never becomes a formula.
        await workbook.SaveAsAsync(
            rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(pair => pair.First, object (pair) => pair.Second)), sheetName: text["Export.Sheet"],
            cancellationToken: cancellationToken);
        db.Record(Decision.By(
            actor, clock.GetUtcNow(), "interaction.survey.exported", survey.SiteId, "survey", survey.Id.ToString(), survey.Title, null, survey.Hash,
            ("answers", figures.Answers.ToString(CultureInfo.InvariantCulture))));
        await db.SaveChangesAsync(cancellationToken);
        return WorkbookText.Finished(workbook);
    }
}

/// <summary>Sent as a form, because it is recorded.</summary>
internal sealed class ExportSurveyEndpoint : ICarterModule
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/surveys/{survey:guid}/export", async (
            Guid survey, ISender sender, CancellationToken cancellationToken) =>
        {
            var exported = await sender.Send(new ExportSurvey(survey), cancellationToken);
            return exported.Succeeded ? Results.File(exported.Value, Workbook, "survey.xlsx")
                : exported.Failure.Kind == FailureKind.Conflict
                    ? await ReadSurvey.ReadSurveyEndpoint.AnswerAsync(survey, null, null, exported.Failure, sender, cancellationToken)
                : exported.Failure.Page();
        });
}
