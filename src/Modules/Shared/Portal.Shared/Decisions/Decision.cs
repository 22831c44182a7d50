using Portal.Shared.Actors;

namespace Portal.Shared.Decisions;

/// <summary>Says for the trail what was decided.</summary>
public static class Decision
{
    /// <summary>The decision of a person, with its facts in the order of their names; no actor: the platform's own, or the command line's.</summary>
    public static DecisionTaken By(
        Actor? actor, DateTimeOffset now, string action, Guid? siteId, string objectType, string objectId, string? title,
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
            ActorId = actor?.Id,
            ActorName = actor?.Name ?? "portal",
            ActorUnit = actor?.Unit,
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
