using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Surveys.ManageSurvey;

/// <summary>The form of a new survey and of a draft's facts.</summary>
internal sealed class ManageSurveyEndpoint : ICarterModule
{
    private const string Route = "/console/surveys";
    private const int Earlier = 50;

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route + "/new", async (
            ICurrentActor current, ICurrentSite site, InteractionDbContext db, TimeProvider clock, CancellationToken cancellationToken) =>
        {
            if (site.Site is not { } info || current.Actor is not { } actor || !actor.Can(Permission.ManageSurveys, info))
            {
                return Results.StatusCode(StatusCodes.Status403Forbidden);
            }

            var today = BeijingTime.Date(clock.GetUtcNow());
            var form = new ManageSurvey { Unit = info.OrganisationName, Minutes = 5, OpensOn = today.AddDays(3), ClosesOn = today.AddDays(33) };
            return ManageSurveyPage.Of(form, "", await LikeAsync(db, info, cancellationToken), null);
        });
        app.MapConsoleForm(Route + "/new", async (
            IFormCollection form, ICurrentSite site, InteractionDbContext db, ISender sender, CancellationToken cancellationToken) =>
            await AnswerAsync(Filled(form), "", site, db, sender, cancellationToken));
        app.MapConsolePage(Route + "/{survey:guid}/facts", async (Guid survey, SurveyScope scope, CancellationToken cancellationToken) =>
        {
            var reached = await scope.FindAsync(survey, cancellationToken);
            return reached.Succeeded ? ManageSurveyPage.Of(Of(reached.Value.Survey), reached.Value.Survey.Title, [], null)
                : reached.Failure.Refused ? new Refused<ManageSurvey>(reached.Failure)
                : reached.Failure.Page();
        });
        app.MapConsoleForm(Route + "/{survey:guid}/facts", async (
            Guid survey, IFormCollection form, SurveyScope scope, ICurrentSite site, InteractionDbContext db, ISender sender,
            CancellationToken cancellationToken) =>
        {
            // What is not theirs is not told what is wrong with their form.
            var reached = await scope.FindAsync(survey, cancellationToken);
            return reached.Succeeded ? await AnswerAsync(Filled(form) with { Id = survey }, reached.Value.Survey.Title, site, db, sender, cancellationToken)
                : reached.Failure.Refused ? new Refused<ManageSurvey>(reached.Failure)
                : reached.Failure.Page();
        });
    }

    private static async Task<IResult> AnswerAsync(
        ManageSurvey form, string name, ICurrentSite site, InteractionDbContext db, ISender sender, CancellationToken cancellationToken)
    {
        var saved = await sender.Send(form, cancellationToken);
        return saved.Succeeded ? Results.LocalRedirect($"{Route}/{saved.Value}?done=saved")
            : saved.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                ? ManageSurveyPage.Of(form, name, form.Id is null ? await LikeAsync(db, site.Site!, cancellationToken) : [], saved.Failure)
            : saved.Failure.Page();
    }

    private static async Task<IReadOnlyList<Choice>> LikeAsync(InteractionDbContext db, SiteInfo site, CancellationToken cancellationToken) =>
        [
            .. (await db.Surveys.AsNoTracking().Where(row => row.SiteId == site.Id).OrderByDescending(row => row.Id).Take(Earlier)
                .Select(row => new { row.Id, row.Title }).ToListAsync(cancellationToken)).Select(row => new Choice(row.Id.ToString(), row.Title)),
        ];

    private static ManageSurvey Of(Survey survey) => new()
    {
        Id = survey.Id,
        Version = survey.Version,
        Key = survey.Key,
        Title = survey.Title,
        Purpose = survey.Purpose,
        Audience = survey.Audience,
        Unit = survey.Unit,
        Contact = survey.Contact,
        Minutes = survey.Minutes,
        Mode = survey.Mode,
        Proof = survey.Proof,
        OpensOn = survey.OpensOn,
        ClosesOn = survey.ClosesOn,
    };

    private static ManageSurvey Filled(IFormCollection form) => new()
    {
        Version = form.Number("Version"),
        Key = form.Text("Key").Trim(),
        Like = form.Id("Like"),
        Title = form.Text("Title"),
        Purpose = form.Text("Purpose"),
        Audience = form.Text("Audience"),
        Unit = form.Text("Unit"),
        Contact = form.Text("Contact"),
        Minutes = form.Number("Minutes"),
        Mode = form.Chosen<SurveyMode>("Mode"),
        Proof = form.Chosen<SurveyProof>("Proof") ?? SurveyProof.Phone,
        OpensOn = form.Day("OpensOn"),
        ClosesOn = form.Day("ClosesOn"),
    };
}
