using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Requests;

/// <summary>A case that the person may reach, and what they may do to it.</summary>
internal sealed record ReachedCase(RequestCase Case, Actor Actor, SiteInfo Site, Party Parties);

/// <summary>Finds a case within the person's grants. Another site's answers as if there were none.</summary>
internal sealed class RequestScope(RequestWriter writer, ISites sites, ICurrentActor current)
{
    public async Task<Outcome<ReachedCase>> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || await writer.FindAsync(id, cancellationToken) is not { } found)
        {
            return Failure.NotFound;
        }

        if (sites.ById(found.Request.SiteId) is not { } site)
        {
            return Failure.NotFound;
        }

        var parties = PartiesOf(actor, site);
        return parties == Party.None
            ? Failure.OutOfScope with { About = new FailureObject("disclosure-request", id.ToString(), found.Request.Number) }
            : new ReachedCase(found, actor, site, parties);
    }

    /// <summary>The same for whoever may see personal data of the case: its own officer, or the head of the office.</summary>
    public async Task<Outcome<ReachedCase>> FindWithPersonAsync(Guid id, CancellationToken cancellationToken)
    {
        var reached = await FindAsync(id, cancellationToken);
        return reached.Succeeded && reached.Value is { } found
            && found.Case.Request.HandlerId != found.Actor.Id && !found.Parties.HasFlag(Party.Head)
            ? Failure.Forbidden
            : reached;
    }

    public static Party PartiesOf(Actor actor, SiteInfo site) => RequestFlow.PartiesOf(
        actor.Can(Permission.HandleRequests, site), actor.Can(Permission.DecideRequests, site));

    /// <summary>The sites whose cases the person sees.</summary>
    public static IReadOnlyList<Guid> SitesOf(Actor actor, ISites sites) =>
        [.. actor.SitesWith(Permission.HandleRequests, sites.All).Select(site => site.Id)];
}
