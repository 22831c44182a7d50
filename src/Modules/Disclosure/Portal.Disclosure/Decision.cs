using Portal.Shared.Actors;
using Portal.Shared.Decisions;

namespace Portal.Disclosure;

/// <summary>Says for the trail what a person decided.</summary>
internal static class Decision
{
    public static DecisionTaken By(
        Actor actor, DateTimeOffset now, string action, Guid siteId, string objectType, string objectId, string? title,
        string? opinion = null, string? contentHash = null, params ReadOnlySpan<(string Key, string Value)> facts)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in facts)
        {
            sorted[key] = value;
        }

        return new DecisionTaken
        {
            Id = Guid.CreateVersion7(now),
            OccurredAt = now,
            Action = action,
            ActorId = actor.Id,
            ActorName = actor.Name,
            ActorUnit = actor.Unit,
            SiteId = siteId,
            ObjectType = objectType,
            ObjectId = objectId,
            ObjectTitle = title,
            Opinion = opinion,
            ContentHash = contentHash,
            Facts = sorted,
        };
    }
}
