using System.Collections.Concurrent;
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
/// inbox row, so that its effect happens once; one fact a transaction, or many to a handler that
/// <see cref="IHandlesTogether{T}"/>. A row that keeps failing is parked after eight tries for a person to see.
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
        var settled = await DeliverTogetherAsync(batch, cancellationToken);
        foreach (var message in batch.Where(message => message.DispatchedAt is null))
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

    /// <summary>
    /// Delivers in one go the facts whose handlers all take them so: most of the cost of a delivery are its turns to the
    /// database and back. What fails here counts as no try: it is delivered by itself right after.
    /// </summary>
    private async Task<int> DeliverTogetherAsync(
        IReadOnlyList<OutboxMessage> batch, CancellationToken cancellationToken)
    {
        var settled = 0;
        var kinds = batch.GroupBy(message => message.Type, StringComparer.Ordinal);
        foreach (var alike in kinds.Where(kind => kind.Skip(1).Any()))
        {
            if (!catalogue.Types.TryGetValue(alike.Key, out var type)
                || catalogue.ConsumersOf(type) is not { Count: > 0 } consumers
                || !consumers.All(consumer => Invoker.For(type).HandlesTogether(consumer.Handler)))
            {
                continue;
            }

            OutboxMessage[] messages = [.. alike];
            using var activity = PortalTelemetry.Source.StartActivity("Deliver " + alike.Key);
            try
            {
                (Guid, object)[] facts = [.. messages.Select(message => (message.Id, Read(message, type)))];
                foreach (var consumer in consumers)
                {
                    await HandOverAsync(facts, type, consumer, cancellationToken);
                }

                foreach (var message in messages)
                {
                    message.DispatchedAt = clock.GetUtcNow();
                    message.Error = null;
                }

                settled += messages.Length;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogApart(exception, messages.Length, alike.Key);
            }
        }

        return settled;
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

            var fact = Read(message, type);
            foreach (var consumer in catalogue.ConsumersOf(type))
            {
                await HandOverAsync([(message.Id, fact)], type, consumer, cancellationToken);
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

    private static object Read(OutboxMessage message, Type type) =>
        JsonSerializer.Deserialize(message.Payload, type, MessageJson.Options)!;

    private async Task HandOverAsync(
        IReadOnlyList<(Guid MessageId, object Fact)> facts,
        Type type,
        MessageCatalogue.Consumer consumer,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = (ModuleDbContext)scope.ServiceProvider.GetRequiredService(consumer.Module.DbContext);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        Guid[] ids = [.. facts.Select(fact => fact.MessageId)];
        // Whatever the handler was called then: a module has one of a fact, and an upgrade may rename it in between.
        var handled = await db.Inbox
            .Where(row => ids.Contains(row.MessageId))
            .Select(row => row.MessageId)
            .ToListAsync(cancellationToken);
        var fresh = facts.ExceptBy(handled, fact => fact.MessageId).ToList();
        if (fresh.Count == 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        db.Inbox.AddRange(
            fresh.Select(fact => new InboxMessage { MessageId = fact.MessageId, Handler = consumer.Handler.Name, HandledAt = now }));
        var handler = ActivatorUtilities.CreateInstance(scope.ServiceProvider, consumer.Handler);
        await Invoker.For(type).InvokeAsync(handler, [.. fresh.Select(fact => fact.Fact)], cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Delivery of {Count} {Type} at once failed; they are delivered one by one")]
    private partial void LogApart(Exception exception, int count, string type);

    [LoggerMessage(LogLevel.Warning, "Delivery of {Type} {Id} failed, try {Attempt}")]
    private partial void LogFailure(Exception exception, string type, Guid id, int attempt);

    private abstract class Invoker
    {
        private static readonly ConcurrentDictionary<Type, Invoker> Made = new();

        public static Invoker For(Type fact) => Made.GetOrAdd(
            fact, static fact => (Invoker)Activator.CreateInstance(typeof(Invoker<>).MakeGenericType(fact))!);

        public abstract bool HandlesTogether(Type handler);

        public abstract Task InvokeAsync(
            object handler, IReadOnlyList<object> facts, CancellationToken cancellationToken);
    }

    private sealed class Invoker<T> : Invoker
        where T : INotification
    {
        public override bool HandlesTogether(Type handler) => handler.IsAssignableTo(typeof(IHandlesTogether<T>));

        public override async Task InvokeAsync(
            object handler, IReadOnlyList<object> facts, CancellationToken cancellationToken)
        {
            if (handler is IHandlesTogether<T> together)
            {
                await together.HandleTogether([.. facts.Cast<T>()], cancellationToken);
                return;
            }

            foreach (var fact in facts)
            {
                await ((INotificationHandler<T>)handler).Handle((T)fact, cancellationToken);
            }
        }
    }
}
