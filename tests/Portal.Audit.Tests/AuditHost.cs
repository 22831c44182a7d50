using Microsoft.EntityFrameworkCore;
using Portal.Audit.Trail;
using Portal.Audit.Trail.SignCheckpoint;
using Portal.Shared.Decisions;
using Portal.Testing;

namespace Portal.Audit.Tests;

/// <summary>The whole host, with decisions sealed and signed on request.</summary>
public sealed class AuditHost : PortalHost
{
    internal async Task SealAsync(params DecisionTaken[] decisions)
    {
        await Use<AuditDbContext>(async db =>
        {
            foreach (var decision in decisions)
            {
                db.Record(decision);
            }

            await db.SaveChangesAsync();
        });
        await DrainOutbox();
        // Said here rather than as a missing row later.
        var failure = await Use<AuditDbContext, string?>(db =>
            db.Outbox.Where(message => message.DispatchedAt == null).Select(message => message.Error).FirstOrDefaultAsync());
        Assert.Null(failure);
    }

    internal Task<Checkpoint?> SignAsync() =>
        Use<CheckpointWriter, Checkpoint?>(writer => writer.WriteAsync(CancellationToken.None));

    /// <summary>A decision on an edition, in the way Publishing tells it.</summary>
    internal DecisionTaken Edition(string stage, Guid edition, string site = TestData.ProvinceKey, string? opinion = "同意。") => new()
    {
        Id = Guid.CreateVersion7(),
        OccurredAt = Clock.GetUtcNow(),
        Action = "publishing.edition." + stage,
        ActorId = Guid.CreateVersion7(),
        ActorName = "段云舒",
        ActorUnit = "云岭省人民政府办公厅",
        SiteId = Site(site).Id,
        ObjectType = "edition",
        ObjectId = edition.ToString(),
        ObjectTitle = $"关于{edition:N}的通知",
        Opinion = opinion,
        ContentHash = edition.ToString("N") + edition.ToString("N"),
        Facts = new SortedDictionary<string, string>
        {
            ["document"] = DocumentOf(edition),
            ["number"] = "1",
            ["channel"] = edition.ToString(),
            ["stage"] = stage,
        },
    };

    internal static string DocumentOf(Guid edition) => "d" + edition.ToString("N");
}
