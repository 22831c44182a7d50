using Portal.Shared.Actors;

namespace Portal.Shared.Decisions;

/// <summary>Says for the trail what a person decided.</summary>
public static class Decision
{
    /// <summary>The decision, with its facts in the order of their names.</summary>
    public static DecisionTaken By(
        Actor actor, DateTimeOffset now, string action, Guid siteId, string objectType, string objectId, string? title,
        string? opinion = null, string? contentHash = null, params ReadOnlySpan<(string Key, string Value)> facts)
    {
        ArgumentNullException.ThrowIfNull(actor);
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
