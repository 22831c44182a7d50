using System.Globalization;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;

namespace Portal.Publishing.Documents;

/// <summary>Says for the trail what a person decided on an edition: the document's history, with the edition's facts.</summary>
internal static class EditionDecision
{
    public static DecisionTaken Of(
        Actor actor, Edition edition, string action, DateTimeOffset now, string? opinion = null,
        params ReadOnlySpan<(string Key, string Value)> facts) =>
        Decision.By(
            actor, now, action, edition.SiteId, "document", edition.DocumentId, edition.Title, opinion,
            edition.ContentHash,
            [
                ("edition", edition.Id.ToString()),
                ("number", edition.Number.ToString(CultureInfo.InvariantCulture)),
                ("version", edition.Version.ToString(CultureInfo.InvariantCulture)),
                .. facts,
            ]);
}
