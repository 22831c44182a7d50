using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Surveys.AnswerSurvey;
using Portal.Interaction.Surveys.BrowseSurveys;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.Surveys.ShowSurvey;

/// <summary>What a survey is for, until when, and who is told who answered: before the first question.</summary>
public sealed record ShowSurvey(string Key) : IRequest<Outcome<SurveyFront>>, IPublicRequest;

public sealed record SurveyFront
{
    public required Guid Id { get; init; }

    public required SurveyCard Card { get; init; }

    public required string Purpose { get; init; }

    public required string Audience { get; init; }

    public required string Unit { get; init; }

    public required string Contact { get; init; }

    public required int Sections { get; init; }

    public required int Questions { get; init; }

    public required string Hash { get; init; }

    public string? NoticePath { get; init; }

    public string? CancelReason { get; init; }

    public string? ExtensionReason { get; init; }

    public DateOnly? FirstClosesOn { get; init; }
}

internal sealed class ShowSurveyHandler(
    InteractionDbContext db, FrozenQuestionnaires questionnaires, ICurrentSite current, TimeProvider clock)
    : IRequestHandler<ShowSurvey, Outcome<SurveyFront>>
{
    public async Task<Outcome<SurveyFront>> Handle(ShowSurvey request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site
            || await db.Surveys.AsNoTracking().Public().SingleOrDefaultAsync(row => row.SiteId == site.Id && row.Key == request.Key, cancellationToken)
                is not { } survey)
        {
            return Failure.NotFound;
        }

        var definition = await questionnaires.OfAsync(db, survey, cancellationToken);
        return new SurveyFront
        {
            Id = survey.Id,
            Card = new SurveyCard(
                survey.Key, survey.Title, survey.Mode, survey.Proof, survey.StageOf(BeijingTime.Date(clock.GetUtcNow())), survey.OpensOn,
                survey.ClosesOn, survey.Minutes),
            Purpose = survey.Purpose,
            Audience = survey.Audience,
            Unit = survey.Unit,
            Contact = survey.Contact,
            Sections = definition.Sections.Count,
            Questions = definition.Questions.Count(),
            Hash = survey.Hash!,
            NoticePath = survey.NoticePath,
            CancelReason = survey.CancelReason,
            ExtensionReason = survey.ExtensionReason,
            FirstClosesOn = survey.FirstClosesOn,
        };
    }
}

internal sealed class ShowSurveyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicPage("/surveys/{key}", async (
            string key, HttpContext http, ICurrentSite current, TimeProvider clock, ISender sender, CancellationToken cancellationToken) =>
        {
            http.Tag(CacheTags.Interaction(current.Site!.Id));
            http.ExpireTomorrow(clock);
            var found = await sender.Send(new ShowSurvey(key), cancellationToken);
            if (!found.Succeeded)
            {
                return Results.StatusCode(found.Failure.Status());
            }

            http.Tag(CacheTags.Activity(found.Value.Id));
            return ShowSurveyPage.Of(found.Value);
        }).AddEndpointFilter<OpenSiteFilter>();
}
