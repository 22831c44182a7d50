using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Interaction.HotTopics.Signals;

/// <summary>Finds signals within the person's grants.</summary>
internal sealed class SignalScope(InteractionDbContext db, ISites sites, ICurrentActor current)
{
    /// <summary>The sites whose signals a person judges.</summary>
    public Guid[] ReachOf(Actor actor) =>
        [.. actor.SitesWith(Permission.ManageHotTopics, sites.All).Select(site => site.Id)];

    public async Task<Outcome<(Signal Signal, SiteInfo Site, Actor Actor)>> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor
            || await db.Signals.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } signal
            || sites.ById(signal.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        return actor.Can(Permission.ManageHotTopics, site)
            ? (signal, site, actor)
            : Failure.OutOfScope with { About = new FailureObject("signal", id.ToString(), signal.Title) };
    }
}
