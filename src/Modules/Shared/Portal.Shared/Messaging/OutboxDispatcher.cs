using System.Data;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Shared.Data;
using Portal.Shared.Modules;
using Portal.Shared.Pipeline;

namespace Portal.Shared.Messaging;

/// <summary>
/// Delivers outbox rows to the modules that listen: at least once, each handler by itself in a transaction with its
/// inbox row, so that its effect happens once. A row that keeps failing is parked after eight tries for a person to see.
/// </summary>
/// <remarks>
/// Rows are claimed with FOR UPDATE SKIP LOCKED among the undelivered, never by "id greater than the last one": commit
/// order is not id order, and a slow transaction's row must not be skipped.
/// </remarks>
public sealed partial class OutboxDispatcher(
    ModuleRegistry modules,
    MessageCatalogue catalogue,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<OutboxDispatcher> logger)
{
    private const int BatchSize = 100;
    private const int MaximumAttempts = 8;

    /// <summary>Delivers until no module has a row that is due. Answers how many were delivered.</summary>
    public async Task<int> DrainAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        int round;
        do
        {
            round = 0;
            foreach (var module in modules.All)
            {
                round += await DispatchBatchAsync(module, cancellationToken);
            }

            total += round;
        }
        while (round > 0);

        return total;
    }

    /// <summary>Delivers one batch of a module's rows that are due. Answers how many rows were settled.</summary>
    public async Task<int> DispatchBatchAsync(IModule module, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(module);
        await using var scope = scopes.CreateAsyncScope();
        var db = (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DbContext);
        await using var transaction =
            await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var batch = await ClaimAsync(db, clock.GetUtcNow(), cancellationToken);
        var settled = 0;
        foreach (var message in batch)
        {
            settled += await DeliverAsync(message, cancellationToken) ? 1 : 0;
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return settled;
    }

    /// <summary>
    /// Removes what was delivered longer ago than <paramref name="keep"/>; inbox rows stay twice as long, so that no
    /// message outlives the memory of its handling. Parked rows stay until a person has looked.
    /// </summary>
    public async Task<int> SweepAsync(TimeSpan keep, CancellationToken cancellationToken)
    {
        var (sent, handled) = (clock.GetUtcNow() - keep, clock.GetUtcNow() - (keep * 2));
        var removed = 0;
        foreach (var module in modules.All)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DbContext);
            removed += await db.Outbox.Where(message => message.DispatchedAt < sent)
                .ExecuteDeleteAsync(cancellationToken);
            removed += await db.Inbox.Where(message => message.HandledAt < handled)
                .ExecuteDeleteAsync(cancellationToken);
        }

        return removed;
    }

    private static Task<List<OutboxMessage>> ClaimAsync(
        ModuleDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The schema is a constant of the module, never input; everything else is a parameter.
        var sql = $$"""
            select * from {{db.Schema}}.outbox
            where dispatched_at is null and parked_at is null and available_at <= {0}
            order by available_at, id limit {1} for update skip locked
            """;
        return db.Outbox
            .FromSql(System.Runtime.CompilerServices.FormattableStringFactory.Create(sql, now.ToUniversalTime(), BatchSize))
            .ToListAsync(cancellationToken);
    }

    private async Task<bool> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        using var activity = PortalTelemetry.Source.StartActivity("Deliver " + message.Type);
        try
        {
            if (!catalogue.Types.TryGetValue(message.Type, out var type))
            {
                throw new InvalidOperationException($"No contract is named {message.Type}.");
            }

            var fact = JsonSerializer.Deserialize(message.Payload, type, MessageJson.Options)!;
            foreach (var consumer in catalogue.ConsumersOf(type))
            {
                await HandOverAsync(message.Id, fact, type, consumer, cancellationToken);
            }

            message.DispatchedAt = clock.GetUtcNow();
            message.Error = null;
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            message.Attempts++;
            message.Error = exception.Message;
            message.AvailableAt = clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Pow(2, message.Attempts));
            if (message.Attempts >= MaximumAttempts)
            {
                message.ParkedAt = clock.GetUtcNow();
            }

            LogFailure(exception, message.Type, message.Id, message.Attempts);
            return false;
        }
    }

    private async Task HandOverAsync(
        Guid messageId, object fact, Type type, MessageCatalogue.Consumer consumer, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = (ModuleDbContext)scope.ServiceProvider.GetRequiredService(consumer.Module.DbContext);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var name = consumer.Handler.Name;
        if (await db.Inbox.AnyAsync(row => row.MessageId == messageId && row.Handler == name, cancellationToken))
        {
            return;
        }

        db.Inbox.Add(new InboxMessage { MessageId = messageId, Handler = name, HandledAt = clock.GetUtcNow() });
        var handler = ActivatorUtilities.CreateInstance(scope.ServiceProvider, consumer.Handler);
        await Invoker.For(type).InvokeAsync(handler, fact, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Delivery of {Type} {Id} failed, try {Attempt}")]
    private partial void LogFailure(Exception exception, string type, Guid id, int attempt);

    private abstract class Invoker
    {
        public static Invoker For(Type fact) =>
            (Invoker)Activator.CreateInstance(typeof(Invoker<>).MakeGenericType(fact))!;

        public abstract Task InvokeAsync(object handler, object fact, CancellationToken cancellationToken);
    }

    private sealed class Invoker<T> : Invoker
        where T : INotification
    {
        public override Task InvokeAsync(object handler, object fact, CancellationToken cancellationToken) =>
            ((INotificationHandler<T>)handler).Handle((T)fact, cancellationToken);
    }
}
