using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Host.Identity;

/// <summary>Keeps a refused attempt although nothing else of the request is kept: in a unit of work of its own.</summary>
internal sealed class Refusals(
    IServiceScopeFactory scopes, ICurrentActor current, ICurrentSite site, TimeProvider clock) : IRefusals
{
    public async Task RecordAsync(string request, FailureObject? about, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HostDbContext>();
        db.Record(current.Actor.Decides(
            "host.request.refused", about?.Type ?? "request", about?.Id ?? request, about?.Title ?? request,
            clock.GetUtcNow(), siteId: site.Site?.Id,
            facts: new SortedDictionary<string, string>(StringComparer.Ordinal) { ["request"] = request }));
        await db.SaveChangesAsync(cancellationToken);
    }
}

internal static class Deciding
{
    /// <summary>The record of a decision of <paramref name="actor"/>; null is the platform or the command line.</summary>
    public static DecisionTaken Decides(
        this Actor? actor,
        string action,
        string objectType,
        string objectId,
        string? title,
        DateTimeOffset at,
        Guid? siteId = null,
        string? opinion = null,
        IReadOnlyDictionary<string, string>? facts = null) => Decision.By(
            actor, at, action, siteId, objectType, objectId, title, opinion, null,
            [.. (facts ?? new Dictionary<string, string>()).Select(fact => (fact.Key, fact.Value))]);
}
