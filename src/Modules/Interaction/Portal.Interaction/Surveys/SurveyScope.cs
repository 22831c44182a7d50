using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Interaction.Surveys;

/// <summary>A survey that the person may work on.</summary>
internal sealed record ReachedSurvey(Survey Survey, Actor Actor, SiteInfo Site);

/// <summary>Finds a survey within the person's grants.</summary>
internal sealed class SurveyScope(InteractionDbContext db, ISites sites, ICurrentActor current)
{
    public async Task<Outcome<ReachedSurvey>> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (current.Actor is { } anybody && !anybody.Has(Permission.ManageSurveys))
        {
            return Failure.Forbidden;
        }

        if (current.Actor is not { } actor
            || await db.Surveys.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } survey
            || sites.ById(survey.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        return actor.Can(Permission.ManageSurveys, site)
            ? new ReachedSurvey(survey, actor, site)
            : Failure.OutOfScope with { About = new FailureObject("survey", id.ToString(), survey.Title) };
    }
}
