using Portal.Publishing.Contracts;
using Portal.Shared.Actors;

namespace Portal.Publishing.Documents;

/// <summary>What an edition says of its document's forming or change: from then on a time limit of openness runs (S-01, S-02, R-11).</summary>
internal static class Forming
{
    private static readonly string[] Instants = ["issuedOn", "printedOn", "activityEndedAt", "changedOn"];
    private static readonly string[] Facts = [.. Instants, "documentNumber", "issuer"];

    /// <summary>Everything that a clock and its line in a list depend on; empty when no clock runs.</summary>
    public static string Of(Edition edition) =>
        Array.Exists(Instants, key => !string.IsNullOrEmpty(edition.Fields.GetValueOrDefault(key)))
            ? string.Join('\n', Facts.Select(key => edition.Fields.GetValueOrDefault(key)).Prepend(edition.Title))
            : "";

    /// <summary>Tells that it changed.</summary>
    public static void TellForming(this PublishingDbContext db, Edition edition, Actor? actor, DateTimeOffset now) =>
        db.Publish(
            new DocumentFormed
            {
                Id = Guid.CreateVersion7(now),
                OccurredAt = now,
                ActorId = actor?.Id,
                SiteId = edition.SiteId,
                DocumentId = edition.DocumentId,
            },
            now);
}
