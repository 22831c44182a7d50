using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Data;

namespace Portal.Interaction.HotTopics;

/// <summary>A step of a topic: what happened, and by whom. Only ever added.</summary>
internal sealed class TopicStep
{
    public Guid Id { get; init; }

    public Guid TopicId { get; init; }

    /// <summary>Its place, from 1.</summary>
    public int Sequence { get; init; }

    public TopicTrigger Trigger { get; init; }

    /// <summary>The state after it.</summary>
    public TopicState State { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Who; null for the platform.</summary>
    public Guid? ActorId { get; init; }

    public string? ActorName { get; init; }

    public string? ActorUnit { get; init; }

    /// <summary>A remark for the file.</summary>
    public string? Note { get; init; }

    /// <summary>Few and short: severity, unit, title of a document, number of another topic.</summary>
    public SortedDictionary<string, string> Facts { get; init; } = new(StringComparer.Ordinal);
}

internal sealed class TopicStepConfiguration : IEntityTypeConfiguration<TopicStep>
{
    public const string OneSequence = "ux_hot_topic_steps_sequence";

    public void Configure(EntityTypeBuilder<TopicStep> builder)
    {
        builder.ToTable("hot_topic_steps");
        builder.HasKey(step => step.Id);
        builder.HasOne<HotTopic>().WithMany().HasForeignKey(step => step.TopicId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(step => step.Trigger).HasConversion<string>().HasMaxLength(24);
        builder.Property(step => step.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(step => step.ActorName).HasMaxLength(60);
        builder.Property(step => step.ActorUnit).HasMaxLength(100);
        builder.Property(step => step.Note).HasMaxLength(2000);
        builder.Property(step => step.Facts).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<SortedDictionary<string, string>>(),
            JsonColumn.Comparer<SortedDictionary<string, string>>());
        builder.HasIndex(step => new { step.TopicId, step.Sequence }).IsUnique().HasDatabaseName(OneSequence);
    }
}
