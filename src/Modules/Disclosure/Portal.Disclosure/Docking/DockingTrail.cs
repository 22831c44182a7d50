using System.Globalization;
using Portal.Shared.Decisions;
using Portal.Shared.Throttling;

namespace Portal.Disclosure.Docking;

/// <summary>
/// Keeps for the trail what the platform refused of a unit and a person may have to follow up: a signature that does not
/// hold, an old request sent again, a body that was changed on its way, a cursor of another directory. Once an hour for each
/// credential and kind, so that nobody fills the trail by asking.
/// </summary>
internal sealed class DockingTrail(DisclosureDbContext db, Throttle<DisclosureDbContext> throttle, TimeProvider clock)
{
    private static readonly TimeSpan Once = TimeSpan.FromHours(1);

    private static readonly string[] Kept =
    [
        "signature.wrong", "clock.differs", "content.hash", "idempotency.reused", "cursor.other-directory", "cursor.ahead",
        "directory.other", "rate.exceeded",
    ];

    /// <summary>Keeps the refusal when it is one that matters.</summary>
    public async Task RefusedAsync(
        DockedSource source, string keyId, DockingFault fault, CancellationToken cancellationToken)
    {
        if (!Kept.Contains(fault.Code))
        {
            return;
        }

        db.ChangeTracker.Clear();
        var now = clock.GetUtcNow();
        var hour = (now.UtcTicks / Once.Ticks).ToString(CultureInfo.InvariantCulture);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!(await throttle.TakeAsync("docking-trail", $"{keyId} {fault.Code} {hour}", 1, Once, cancellationToken)).Granted)
        {
            return;
        }

        db.Record(new DecisionTaken
        {
            Id = Guid.CreateVersion7(now),
            OccurredAt = now,
            Action = "disclosure.docking.request-refused",
            ActorName = source.Name,
            SiteId = source.SiteId,
            ObjectType = "docking-source",
            ObjectId = source.Id.ToString(),
            ObjectTitle = source.Name,
            Opinion = fault.Detail,
            Facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["code"] = fault.Code,
                ["keyId"] = keyId,
            },
        });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
