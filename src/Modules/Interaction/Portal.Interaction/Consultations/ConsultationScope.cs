using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Interaction.Consultations;

/// <summary>A consultation that the person works on.</summary>
internal sealed record ReachedConsultation(Consultation Row, Actor Actor, SiteInfo Site);

/// <summary>Finds a consultation, or an opinion of one, within the person's grants.</summary>
internal sealed class ConsultationScope(InteractionDbContext db, ISites sites, ICurrentActor current)
{
    /// <summary>The sites whose consultations the person works on.</summary>
    public IReadOnlyList<Guid> Reach(Actor actor) =>
        [.. actor.SitesWith(Permission.ManageConsultations, sites.All).Select(site => site.Id)];

    public async Task<Outcome<ReachedConsultation>> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        // Who has nothing to do with consultations is told so before anybody looks for one.
        if (current.Actor is { } anybody && !anybody.Has(Permission.ManageConsultations))
        {
            return Failure.Forbidden;
        }

        if (current.Actor is not { } actor
            || await db.Consultations.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row
            || sites.ById(row.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        return actor.Can(Permission.ManageConsultations, site)
            ? new ReachedConsultation(row, actor, site)
            : Failure.OutOfScope with { About = new FailureObject("consultation", id.ToString(), row.Title) };
    }

    /// <summary>The consultation of an opinion, and the opinion.</summary>
    public async Task<Outcome<(ReachedConsultation Consultation, Opinion Opinion)>> FindOpinionAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await db.Opinions.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } opinion)
        {
            return Failure.NotFound;
        }

        var found = await FindAsync(opinion.ConsultationId, cancellationToken);
        return found.Succeeded ? (found.Value, opinion)
            : found.Failure.About is null ? found.Failure
            : found.Failure with { About = new FailureObject("opinion", id.ToString(), opinion.Number) };
    }
}
