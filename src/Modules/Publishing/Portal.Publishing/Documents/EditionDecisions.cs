using System.Globalization;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;

namespace Portal.Publishing.Documents;

/// <summary>What is told to the sealed trail about an edition.</summary>
internal static class EditionDecisions
{
    /// <summary>What a review is sealed with; the first with its secrecy check (G-40, Opinion art. 12).</summary>
    public static (string Key, string Value)[] FactsOf(ReviewStage stage, ReviewDecision decision, bool secrecyChecked)
    {
        (string, string)[] facts = [("stage", stage.ToString()), ("decision", decision.ToString())];
        return stage == ReviewStage.First ? [.. facts, ("secrecy", secrecyChecked ? "Checked" : "Unchecked")] : facts;
    }

    /// <summary>A decision of <paramref name="actor"/>; null: the platform's own act on a schedule.</summary>
    public static DecisionTaken Of(
        string action,
        Edition edition,
        Actor? actor,
        DateTimeOffset now,
        string? opinion = null,
        params ReadOnlySpan<(string Key, string Value)> facts) => Decision.By(
            actor, now, "publishing.edition." + action, edition.SiteId, "edition", edition.Id.ToString(), edition.Title, opinion, edition.ContentHash,
            [
                ("document", edition.DocumentId.ToString()),
                ("number", edition.Number.ToString(CultureInfo.InvariantCulture)),
                ("channel", edition.ChannelId.ToString()),
                .. facts,
            ]);
}
