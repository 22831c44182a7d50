using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Data;

namespace Portal.Shared.Messaging;

/// <summary>A fact that commits with the change it tells of and is delivered afterwards, at least once.</summary>
public sealed class OutboxMessage
{
    /// <summary>Identity; consumers record it in their inbox.</summary>
    public Guid Id { get; init; }

    /// <summary>Full name of the notification type.</summary>
    public required string Type { get; init; }

    /// <summary>The notification as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>Not to be delivered before (UTC); moves on with every failed try.</summary>
    public DateTimeOffset AvailableAt { get; set; }

    /// <summary>Failed tries so far.</summary>
    public int Attempts { get; set; }

    /// <summary>What the last failed try said.</summary>
    public string? Error { get; set; }

    /// <summary>When every consumer had handled it.</summary>
    public DateTimeOffset? DispatchedAt { get; set; }

    /// <summary>When it was given up after too many tries; a person must look.</summary>
    public DateTimeOffset? ParkedAt { get; set; }

    /// <summary>The row that tells <paramref name="fact"/>; <see cref="ModuleDbContext.Publish"/> adds it to a save.</summary>
    public static OutboxMessage Of(INotification fact, DateTimeOffset occurredAt)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return new OutboxMessage
        {
            Id = Guid.CreateVersion7(occurredAt),
            Type = fact.GetType().FullName!,
            Payload = JsonSerializer.Serialize(fact, fact.GetType(), MessageJson.Options),
            OccurredAt = occurredAt,
            AvailableAt = occurredAt,
        };
    }
}

/// <summary>A fact that this module has handled.</summary>
public sealed class InboxMessage
{
    /// <summary>The outbox row.</summary>
    public Guid MessageId { get; init; }

    /// <summary>The name that the handler's type had then, for whoever looks.</summary>
    public required string Handler { get; init; }

    /// <summary>When (UTC).</summary>
    public DateTimeOffset HandledAt { get; init; }
}

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox");
        builder.HasKey(message => message.Id);
        builder.Property(message => message.Payload).HasColumnType("jsonb");
        builder.HasIndex(message => message.AvailableAt)
            .HasDatabaseName("ix_outbox_pending")
            .HasFilter("dispatched_at is null and parked_at is null");
    }
}

internal sealed class InboxMessageConfiguration : IEntityTypeConfiguration<InboxMessage>
{
    public void Configure(EntityTypeBuilder<InboxMessage> builder)
    {
        builder.ToTable("inbox");
        builder.HasKey(message => new { message.MessageId, message.Handler });
    }
}
