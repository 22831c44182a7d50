using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Surveys.ReadSurvey;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Surveys.IssueSurveyCodes;

/// <summary>Makes codes and shows them this once; what is kept lets nobody work them out.</summary>
public sealed record IssueSurveyCodes(Guid SurveyId, int Number) : IRequest<Outcome<IssuedCodes>>, IRequirePermission
{
    public const int Most = 5000;

    /// <inheritdoc />
    public static Permission Permission => Permission.ManageSurveys;
}

/// <summary>A batch, as it goes out.</summary>
public sealed record IssuedCodes(string Key, string Title, int Batch, DateOnly ClosesOn, IReadOnlyList<string> Codes);

internal sealed class IssueSurveyCodesHandler(
    InteractionDbContext db, SurveyScope scope, SurveyKeyring keyring, IStringLocalizer<SurveyDeskText> text, TimeProvider clock)
    : IRequestHandler<IssueSurveyCodes, Outcome<IssuedCodes>>
{
    public async Task<Outcome<IssuedCodes>> Handle(IssueSurveyCodes request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.SurveyId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (survey, actor, _) = reached.Value;
        var now = clock.GetUtcNow();
        if (survey.Mode != SurveyMode.Code || !survey.StageOf(BeijingTime.Date(now)).May(SurveyTrigger.IssueCodes))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Codes.Not"])]);
        }

        if (request.Number is < 1 or > IssueSurveyCodes.Most)
        {
            return Failure.Invalid(nameof(request.Number), text["Codes.Fault", IssueSurveyCodes.Most]);
        }

        var batch = (await db.SurveyCodes.Where(row => row.SurveyId == survey.Id).MaxAsync(row => (int?)row.Batch, cancellationToken) ?? 0) + 1;
        List<string> codes = [];
        for (var i = 0; i < request.Number; i++)
        {
            var code = SecretCode.Of(RandomNumberGenerator.GetBytes(SecretCode.SeedBytes));
            codes.Add(code);
            db.SurveyCodes.Add(new SurveyCode
            {
                Id = Guid.CreateVersion7(now),
                SiteId = survey.SiteId,
                SurveyId = survey.Id,
                Batch = batch,
                Hash = await keyring.HolderAsync(survey.Id, survey.Mode, code, cancellationToken),
            });
        }

        db.Record(Decision.By(
            actor, now, "interaction.survey.codes-issued", survey.SiteId, "survey", survey.Id.ToString(), survey.Title, null, null,
            ("batch", batch.ToString(CultureInfo.InvariantCulture)), ("codes", codes.Count.ToString(CultureInfo.InvariantCulture))));
        await db.SaveChangesAsync(cancellationToken);
        return new IssuedCodes(survey.Key, survey.Title, batch, survey.ClosesOn, codes);
    }
}

/// <summary>Answers with the codes themselves: as a file, or as a page to print.</summary>
internal sealed class IssueSurveyCodesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/surveys/{survey:guid}/codes", async (
            Guid survey, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var issued = await sender.Send(new IssueSurveyCodes(survey, form.Number("Number")), cancellationToken);
            if (!issued.Succeeded)
            {
                return issued.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await ReadSurveyEndpoint.AnswerAsync(survey, null, null, issued.Failure, sender, cancellationToken)
                    : issued.Failure.Page();
            }

            return form.Text("As") == "csv"
                ? Results.File(
                    Encoding.UTF8.GetBytes("\uFEFF" + string.Concat(issued.Value.Codes.Select(code => code + "\r\n"))), "text/csv; charset=utf-8",
                    FormattableString.Invariant($"{issued.Value.Key}-codes-{issued.Value.Batch}.csv"))
                : IssuedCodesPage.Of(issued.Value);
        });
}
