using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Interaction.HotTopics;

/// <summary>Where a topic was noticed.</summary>
public enum TopicSourceKind
{
    /// <summary>人工登记</summary>
    Hand,

    /// <summary>表格导入</summary>
    Csv,

    /// <summary>订阅源</summary>
    Feed,

    /// <summary>同类来信激增</summary>
    Letters,

    /// <summary>检索无结果激增</summary>
    Searches,
}

/// <summary>A place where a topic was noticed. Only ever added; what was added by mistake is retracted, and stays.</summary>
internal sealed class TopicSource
{
    public Guid Id { get; init; }

    public Guid TopicId { get; init; }

    public TopicSourceKind Kind { get; init; }

    /// <summary>What it can be found by there: an address, a line of a file, a number; may be empty when entered by hand.</summary>
    public required string Reference { get; init; }

    public DateTimeOffset NoticedAt { get; init; }

    public required string Note { get; init; }

    /// <summary>When it was added here.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>When it was found to be a mistake; null while it counts. The only thing that changes: the step says why.</summary>
    public DateTimeOffset? RetractedAt { get; set; }
}

internal sealed class TopicSourceConfiguration : IEntityTypeConfiguration<TopicSource>
{
    public const string OneReference = "ux_topic_sources_reference";

    public const int LongestReference = 500;

    public void Configure(EntityTypeBuilder<TopicSource> builder)
    {
        builder.ToTable("topic_sources");
        builder.HasKey(source => source.Id);
        builder.HasOne<HotTopic>().WithMany().HasForeignKey(source => source.TopicId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(source => source.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(source => source.Reference).HasMaxLength(LongestReference);
        builder.Property(source => source.Note).HasMaxLength(500);
        builder.HasIndex(source => new { source.TopicId, source.Kind, source.Reference }).IsUnique()
            .HasDatabaseName(OneReference).HasFilter("reference <> '' and retracted_at is null");
        builder.HasIndex(source => new { source.Kind, source.Reference }).HasDatabaseName("ix_topic_sources_reference");
    }
}
