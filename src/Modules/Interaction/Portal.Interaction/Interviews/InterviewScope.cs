using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Interaction.Interviews;

/// <summary>Finds an interview within the person's grants.</summary>
internal sealed class InterviewScope(InteractionDbContext db, ISites sites, ICurrentActor current)
{
    /// <summary>The person, when interviews are their business at all.</summary>
    public Outcome<Actor> Person() =>
        current.Actor is not { } actor ? Failure.NotFound
        : actor.Has(Permission.ManageInterviews) ? actor
        : Failure.Forbidden;

    /// <summary>The interview, not followed by the context.</summary>
    public async Task<Outcome<(Interview Interview, Actor Actor, SiteInfo Site)>> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var person = Person();
        if (!person.Succeeded)
        {
            return person.Failure;
        }

        if (await db.Interviews.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } interview
            || sites.ById(interview.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        return person.Value.Can(Permission.ManageInterviews, site)
            ? (interview, person.Value, site)
            : Failure.OutOfScope with { About = new FailureObject("interview", id.ToString(), interview.Topic) };
    }

    /// <summary>Sites whose interviews the person keeps.</summary>
    public Guid[] Reach(Actor actor) =>
        [.. sites.All.Where(site => actor.Can(Permission.ManageInterviews, site)).Select(site => site.Id)];
}
