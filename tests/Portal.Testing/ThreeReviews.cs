using Microsoft.Extensions.DependencyInjection;
using Portal.Publishing;
using Portal.Publishing.Documents;

namespace Portal.Testing;

/// <summary>The way of an edition to the public, for tests that are not about the way.</summary>
internal static class ThreeReviews
{
    /// <summary>Three people approve an edition, which may be new to the context, and it goes live in the same transaction.</summary>
    public static async Task Release(IServiceProvider services, Edition edition)
    {
        var db = services.GetRequiredService<PublishingDbContext>();
        var publisher = services.GetRequiredService<Publisher>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.SaveChangesAsync();
        foreach (var stage in Enum.GetValues<ReviewStage>())
        {
            db.Reviews.Add(Approval(edition, stage, now));
            // One by one: the database refuses a review before the one it follows.
            await db.SaveChangesAsync();
        }

        await publisher.LockAsync(edition.DocumentId, CancellationToken.None);
        await publisher.GoLiveAsync(edition, null, CancellationToken.None);
        await transaction.CommitAsync();
    }

    /// <summary>Somebody's approval of an edition as it is.</summary>
    public static Review Approval(Edition edition, ReviewStage stage, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        SiteId = edition.SiteId,
        EditionId = edition.Id,
        ContentHash = edition.ContentHash,
        Stage = stage,
        Decision = ReviewDecision.Approved,
        PersonId = Guid.CreateVersion7(now),
        PersonName = "审核员",
        Unit = "云岭省人民政府办公厅",
        Opinion = "同意。",
        SecrecyChecked = true,
        At = now,
    };
}
