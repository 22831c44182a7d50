using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Portal.Shared.Decisions;
using Portal.Shared.Messaging;

namespace Portal.Shared.Data;

/// <summary>
/// Base of every module's DbContext: one schema, snake_case names, UTC instants, and an outbox whose rows commit with
/// the change they tell of.
/// </summary>
public abstract class ModuleDbContext(DbContextOptions options, string schema) : DbContext(options)
{
    /// <summary>The schema this context owns; it maps nothing outside it.</summary>
    public string Schema { get; } = schema;

    /// <summary>Facts waiting to be delivered to other modules.</summary>
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    /// <summary>Facts this module has already handled.</summary>
    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();

    /// <summary>
    /// Tells other modules a fact, at least once, if and only if this unit of work commits.
    /// </summary>
    /// <param name="fact">A past-tense notification from this module's Contracts.</param>
    /// <param name="occurredAt">When it happened (UTC).</param>
    public void Publish(INotification fact, DateTimeOffset occurredAt)
    {
        ArgumentNullException.ThrowIfNull(fact);
        Outbox.Add(OutboxMessage.Of(fact, occurredAt));
    }

    /// <summary>Records a decision of a person for the sealed trail, in the same transaction as its effect.</summary>
    public void Record(DecisionTaken decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        Publish(decision, decision.OccurredAt);
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.ApplyConfiguration(new OutboxMessageConfiguration());
        modelBuilder.ApplyConfiguration(new InboxMessageConfiguration());
        modelBuilder.ApplyConfigurationsFromAssembly(GetType().Assembly);
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        // Npgsql refuses any other offset for timestamptz; what is stored is the instant.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
    }

    private sealed class UtcConverter()
        : ValueConverter<DateTimeOffset, DateTimeOffset>(value => value.ToUniversalTime(), value => value);
}
