using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Data;

namespace Portal.Interaction.Consultations;

/// <summary>What is consulted on; the shortest period follows from it (<see cref="ConsultationLimits"/>).</summary>
public enum ConsultationKind
{
    /// <summary>重大行政决策</summary>
    MajorDecision,

    /// <summary>规章草案</summary>
    Rule,

    /// <summary>行政规范性文件</summary>
    NormativeDocument,

    /// <summary>其他事项</summary>
    Other,
}

/// <summary>What the reviewers have before them, or had last.</summary>
public enum ConsultationChange
{
    /// <summary>The announcement with which it opens.</summary>
    Notice,

    /// <summary>A later version of the draft, or corrected words.</summary>
    Revision,

    /// <summary>A later last day.</summary>
    Extension,

    /// <summary>The end without a result.</summary>
    Cancellation,

    /// <summary>The report of results and their use.</summary>
    Report,
}

/// <summary>
/// A consultation 意见征集. What staff work on and what the public reads are two copies: the second is only ever set by a
/// release of the three reviews (Opinion art. 12). Whether it is running, ended or late follows from its days.
/// </summary>
internal sealed class Consultation
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    /// <summary>Names it in addresses; never changed.</summary>
    public required string Key { get; init; }

    public ConsultationState State { get; set; }

    /// <summary>As the lists show it: the released title, before that the working one.</summary>
    public required string Title { get; set; }

    public ConsultationKind Kind { get; set; }

    public required ConsultationText Working { get; set; }

    public ConsultationText? Released { get; set; }

    /// <summary>What was last given to the reviewers.</summary>
    public ConsultationChange? Change { get; set; }

    /// <summary>The released period; null before.</summary>
    public DateOnly? OpensOn { get; set; }

    public DateOnly? ClosesOn { get; set; }

    /// <summary>The last day as first announced, when it was extended since.</summary>
    public DateOnly? FirstClosesOn { get; set; }

    /// <summary>The last day of the report, by the rule of the day on which opinions end; moves with it.</summary>
    public DateOnly? ReportDueOn { get; set; }

    public DateTimeOffset? ReleasedAt { get; set; }

    /// <summary>The released notice, as a path on the site.</summary>
    public string? NoticePath { get; set; }

    /// <summary>Publishing took the notice off the site.</summary>
    public bool TakenDown { get; set; }

    /// <summary>What staff say to the results, in the making.</summary>
    public string ReportWords { get; set; } = "";

    /// <summary>The released report.</summary>
    public ConsultationReport? Report { get; set; }

    public string? ReportPath { get; set; }

    public DateOnly? ReportedOn { get; set; }

    public DateOnly? CancelledOn { get; set; }

    public Guid CreatedById { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public int Version { get; set; }
}

internal sealed class ConsultationConfiguration : IEntityTypeConfiguration<Consultation>
{
    public const string OneKey = "ux_consultations_key";

    public void Configure(EntityTypeBuilder<Consultation> builder)
    {
        builder.ToTable("consultations", table => table.HasCheckConstraint("ck_consultations_period", "closes_on > opens_on"));
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Key).HasMaxLength(60);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(row => row.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(row => row.Change).HasConversion<string>().HasMaxLength(20);
        builder.Property(row => row.Title).HasMaxLength(200);
        builder.Property(row => row.NoticePath).HasMaxLength(300);
        builder.Property(row => row.ReportPath).HasMaxLength(300);
        builder.Property(row => row.Working).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<ConsultationText>(), JsonColumn.Comparer<ConsultationText>());
        builder.Property(row => row.Released).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<ConsultationText?>(), JsonColumn.Comparer<ConsultationText?>());
        builder.Property(row => row.Report).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<ConsultationReport?>(), JsonColumn.Comparer<ConsultationReport?>());
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => new { row.SiteId, row.Key }).IsUnique().HasDatabaseName(OneKey);
        builder.HasIndex(row => new { row.SiteId, row.ReleasedAt, row.Id })
            .HasDatabaseName("ix_consultations_released").HasFilter("released_at is not null");
        builder.HasIndex(row => new { row.SiteId, row.CreatedAt, row.Id }).HasDatabaseName("ix_consultations_newest");
        builder.HasIndex(row => row.ReportDueOn)
            .HasDatabaseName("ix_consultations_owed").HasFilter("state in ('Open', 'Handling', 'ReportUnderReview')");
    }
}

/// <summary>A step of a consultation: what happened and by whom. Only ever added; it names nobody of the public.</summary>
internal sealed class ConsultationStep
{
    public Guid Id { get; init; }

    public Guid ConsultationId { get; init; }

    /// <summary>The opinion that it was about.</summary>
    public Guid? OpinionId { get; init; }

    public ConsultationTrigger Trigger { get; init; }

    /// <summary>The state after it.</summary>
    public ConsultationState State { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Who; null for the public and the platform.</summary>
    public Guid? ActorId { get; init; }

    public string? ActorName { get; init; }

    public string? ActorUnit { get; init; }

    /// <summary>Why, numbers of persons masked.</summary>
    public string? Note { get; init; }

    public SortedDictionary<string, string> Facts { get; init; } = new(StringComparer.Ordinal);
}

internal sealed class ConsultationStepConfiguration : IEntityTypeConfiguration<ConsultationStep>
{
    public void Configure(EntityTypeBuilder<ConsultationStep> builder)
    {
        builder.ToTable("consultation_steps");
        builder.HasKey(row => row.Id);
        builder.HasOne<Consultation>().WithMany().HasForeignKey(row => row.ConsultationId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(row => row.Trigger).HasConversion<string>().HasMaxLength(24);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(row => row.ActorName).HasMaxLength(60);
        builder.Property(row => row.ActorUnit).HasMaxLength(100);
        builder.Property(row => row.Note).HasMaxLength(1000);
        builder.Property(row => row.Facts).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<SortedDictionary<string, string>>(),
            JsonColumn.Comparer<SortedDictionary<string, string>>());
        builder.HasIndex(row => new { row.ConsultationId, row.At, row.Id })
            .HasDatabaseName("ix_consultation_steps_own").HasFilter("opinion_id is null");
        builder.HasIndex(row => new { row.OpinionId, row.Id })
            .HasDatabaseName("ix_consultation_steps_opinion").HasFilter("opinion_id is not null");
    }
}
