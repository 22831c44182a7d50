using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Portal.Publishing.Documents;
using Portal.Publishing.Reviews;

namespace Portal.Publishing.Schedules.PublishDue;

/// <summary>
/// Publishes and takes down what is due. The schedule is the editions' own rows, so a worker that dies loses nothing:
/// whoever comes next finds the same rows. Each edition is a transaction by itself; one bad one never stops the rest.
/// </summary>
internal sealed partial class PublishDue(
    IServiceScopeFactory scopes, TimeProvider clock, ILogger<PublishDue> logger)
{
    private const int MostAtOnce = 500;

    /// <summary>Does all that is due; answers when the next thing will be.</summary>
    public async Task<DateTimeOffset?> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await DueAsync(cancellationToken))
        {
            try
            {
                await SettleAsync(id, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailure(exception, id);
            }
        }

        return await NextAsync(cancellationToken);
    }

    private async Task<List<Guid>> DueAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PublishingDbContext>();
        var now = clock.GetUtcNow();
        return await db.Editions
            .Where(edition => (edition.State == EditionState.Scheduled && edition.PublishAt <= now)
                || (edition.State == EditionState.Live && edition.TakeDownAt <= now))
            .OrderBy(edition => edition.PublishAt)
            .Select(edition => edition.Id)
            .Take(MostAtOnce)
            .ToListAsync(cancellationToken);
    }

    private async Task<DateTimeOffset?> NextAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PublishingDbContext>();
        var publish = await db.Editions.Where(edition => edition.State == EditionState.Scheduled)
            .MinAsync(edition => edition.PublishAt, cancellationToken);
        var takeDown = await db.Editions
            .Where(edition => edition.State == EditionState.Live && edition.TakeDownAt != null)
            .MinAsync(edition => edition.TakeDownAt, cancellationToken);
        return publish is null ? takeDown : takeDown is null || publish < takeDown ? publish : takeDown;
    }

    private async Task SettleAsync(Guid editionId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PublishingDbContext>();
        var publisher = scope.ServiceProvider.GetRequiredService<Publisher>();
        var text = scope.ServiceProvider.GetRequiredService<IStringLocalizer<ReviewText>>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var documentId = await db.Editions.Where(row => row.Id == editionId)
            .Select(row => row.DocumentId).SingleAsync(cancellationToken);
        await publisher.LockAsync(documentId, cancellationToken);
        var edition = await db.Editions.SingleAsync(row => row.Id == editionId, cancellationToken);
        var now = clock.GetUtcNow();
        if (edition.State == EditionState.Scheduled && edition.PublishAt <= now)
        {
            db.Record(EditionDecisions.Of("published", edition, null, now));
            await publisher.GoLiveAsync(edition, null, cancellationToken);
        }
        else if (edition.State == EditionState.Live && edition.TakeDownAt <= now)
        {
            db.Record(EditionDecisions.Of("taken-down", edition, null, now));
            await publisher.TakeDownAsync(edition, text["TakenDownReason"], cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "Edition {Id} was due and could not be settled; it is tried again")]
    private partial void LogFailure(Exception exception, Guid id);
}
