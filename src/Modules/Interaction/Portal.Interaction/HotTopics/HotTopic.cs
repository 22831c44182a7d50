using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Interaction.HotTopics;

/// <summary>How grave what a topic is about is: it sets the hours .</summary>
public enum TopicSeverity
{
    /// <summary>特别重大突发事件</summary>
    Gravest,

    /// <summary>重大突发事件</summary>
    Major,

    /// <summary>其他热点</summary>
    Other,
}

/// <summary>What the assessment 研判 asks for.</summary>
public enum TopicNeed
{
    /// <summary>公开回应</summary>
    Respond,

    /// <summary>辟谣</summary>
    Rebut,

    /// <summary>持续关注</summary>
    Watch,

    /// <summary>不予回应: with the reason.</summary>
    None,
}

/// <summary>What the public gets.</summary>
public enum TopicAnswerKind
{
    /// <summary>回应</summary>
    Response,

    /// <summary>辟谣</summary>
    Rebuttal,
}

/// <summary>
/// A topic that many people care about. One row and its steps: state, dates and what the public sees of it are a cache of
/// the steps and of its responses. Whether it is late is worked out, never stored.
/// </summary>
internal sealed class HotTopic
{
    public Guid Id { get; init; }

    /// <summary>The site whose officer keeps it: that of the region.</summary>
    public Guid SiteId { get; init; }

    /// <summary><see cref="TopicNumber"/>; unique in the province, never changed or reused.</summary>
    public required string Number { get; init; }

    /// <summary>What the register calls it; the public never reads it.</summary>
    public required string Title { get; set; }

    /// <summary>What people ask or fear, for those who work on it.</summary>
    public required string Concern { get; set; }

    /// <summary>When it was first noticed: the clocks start here. A source that noticed it earlier moves it back.</summary>
    public DateTimeOffset NoticedAt { get; set; }

    public DateTimeOffset RegisteredAt { get; init; }

    public TopicState State { get; set; }

    public TopicSeverity? Severity { get; set; }

    public TopicNeed? Need { get; set; }

    /// <summary>The responsible unit, as a site, and its name then.</summary>
    public Guid? UnitSiteId { get; set; }

    public string? UnitName { get; set; }

    public Guid? HandlerId { get; set; }

    public string? HandlerName { get; set; }

    public Guid? MergedInto { get; set; }

    /// <summary>The instants from which it is late, as they were last read.</summary>
    public DateTimeOffset StatementDueAt { get; set; }

    public DateTimeOffset? BriefingDueAt { get; set; }

    /// <summary>When the public had the statement; null while it has none.</summary>
    public DateTimeOffset? StatementAt { get; set; }

    public DateTimeOffset? BriefingAt { get; set; }

    /// <summary>What the response brought about 效果评估.</summary>
    public string? EffectNote { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>What the public list shows of it: the title and summary of what went through the reviews.</summary>
    public TopicAnswerKind? PublicKind { get; set; }

    public string? PublicTitle { get; set; }

    public string? PublicSummary { get; set; }

    /// <summary>When the public first had a response; null while it has none.</summary>
    public DateTimeOffset? PublicAt { get; set; }

    /// <summary>When the last of its responses was withdrawn.</summary>
    public DateTimeOffset? GoneAt { get; set; }

    public int Version { get; set; }
}

internal sealed class HotTopicConfiguration : IEntityTypeConfiguration<HotTopic>
{
    public void Configure(EntityTypeBuilder<HotTopic> builder)
    {
        builder.ToTable("hot_topics", table =>
        {
            table.HasCheckConstraint("ck_hot_topics_merged", "(state = 'Merged') = (merged_into is not null)");
            table.HasCheckConstraint("ck_hot_topics_public", "(public_at is null) = (public_kind is null)");
        });
        builder.HasKey(topic => topic.Id);
        builder.HasOne<HotTopic>().WithMany().HasForeignKey(topic => topic.MergedInto).OnDelete(DeleteBehavior.Restrict);
        builder.Property(topic => topic.Number).HasMaxLength(30);
        builder.Property(topic => topic.Title).HasMaxLength(100);
        builder.Property(topic => topic.Concern).HasMaxLength(2000);
        builder.Property(topic => topic.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(topic => topic.Severity).HasConversion<string>().HasMaxLength(16);
        builder.Property(topic => topic.Need).HasConversion<string>().HasMaxLength(16);
        builder.Property(topic => topic.UnitName).HasMaxLength(100);
        builder.Property(topic => topic.HandlerName).HasMaxLength(60);
        builder.Property(topic => topic.EffectNote).HasMaxLength(2000);
        builder.Property(topic => topic.PublicKind).HasConversion<string>().HasMaxLength(16);
        builder.Property(topic => topic.PublicTitle).HasMaxLength(200);
        builder.Property(topic => topic.PublicSummary).HasMaxLength(1000);
        builder.Property(topic => topic.Version).IsConcurrencyToken();
        builder.HasIndex(topic => topic.Number).IsUnique().HasDatabaseName("ux_hot_topics_number");
        builder.HasIndex(topic => new { topic.SiteId, topic.NoticedAt, topic.Id }).HasDatabaseName("ix_hot_topics_noticed");
        builder.HasIndex(topic => new { topic.SiteId, topic.StatementDueAt, topic.Id })
            .HasDatabaseName("ix_hot_topics_open").HasFilter("closed_at is null");
        builder.HasIndex(topic => new { topic.UnitSiteId, topic.StatementDueAt, topic.Id })
            .HasDatabaseName("ix_hot_topics_unit").HasFilter("unit_site_id is not null");
        builder.HasIndex(topic => new { topic.SiteId, topic.PublicAt, topic.Id })
            .HasDatabaseName("ix_hot_topics_public").HasFilter("public_at is not null");
        builder.HasIndex(topic => topic.MergedInto).HasDatabaseName("ix_hot_topics_merged").HasFilter("merged_into is not null");
    }
}
