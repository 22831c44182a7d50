using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Interaction.Announcements;

/// <summary>What is laid before the public, one document for each kind and subject.</summary>
internal enum AnnouncementKind
{
    /// <summary>意见征集公告</summary>
    ConsultationNotice,

    /// <summary>意见采纳情况</summary>
    ConsultationResult,

    /// <summary>网上调查公告</summary>
    SurveyNotice,

    /// <summary>调查结果及运用情况</summary>
    SurveyResult,

    /// <summary>访谈预告</summary>
    InterviewNotice,

    /// <summary>访谈实录</summary>
    InterviewTranscript,

    /// <summary>热点回应</summary>
    HotTopicResponse,

    /// <summary>辟谣</summary>
    Rebuttal,
}

/// <summary>
/// What was laid before the three reviews, as it was: only ever added. Its identity is a field of the edition and so under the
/// content hash that the reviewers sign.
/// </summary>
internal sealed class Announcement
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid DocumentId { get; init; }

    /// <summary>1, 2, 3 … within the document.</summary>
    public int Number { get; init; }

    public required string Title { get; init; }

    /// <summary>The day on which the activity counts towards the yearly quota (S-07, S-08); null: it counts as none.</summary>
    public DateOnly? CountsOn { get; init; }

    /// <summary>The area's own content, as canonical JSON: what its page shows once this is published.</summary>
    public required string Content { get; init; }

    /// <summary>SHA-256 of title and content.</summary>
    public required string ContentHash { get; init; }

    public Guid PersonId { get; init; }

    public required string PersonName { get; init; }

    public required string Unit { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>The document of a kind and subject, and what the public has of it.</summary>
internal sealed class AnnouncedDocument
{
    /// <summary>The document's identity in Publishing.</summary>
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public AnnouncementKind Kind { get; init; }

    public Guid SubjectId { get; init; }

    /// <summary>What the public has: one of its announcements. Null before publication and after withdrawal.</summary>
    public Guid? PublishedId { get; set; }

    /// <summary>How often its page changed in public; an older fact changes nothing.</summary>
    public int PublishedSequence { get; set; }

    /// <summary>Path on the site, without leading slash.</summary>
    public string? Path { get; set; }

    /// <summary>Of what the public has; empty before.</summary>
    public string Title { get; set; } = "";

    /// <summary>Of what the public has.</summary>
    public DateOnly? CountsOn { get; set; }

    public DateTimeOffset? FirstPublishedAt { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }

    public DateTimeOffset? WithdrawnAt { get; set; }
}

internal sealed class AnnouncementConfiguration : IEntityTypeConfiguration<Announcement>
{
    public const string OneNumber = "ux_announcements_number";

    public void Configure(EntityTypeBuilder<Announcement> builder)
    {
        builder.ToTable("announcements");
        builder.HasKey(row => row.Id);
        builder.HasOne<AnnouncedDocument>().WithMany().HasForeignKey(row => row.DocumentId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(row => row.Title).HasMaxLength(200);
        builder.Property(row => row.ContentHash).HasMaxLength(64);
        builder.Property(row => row.PersonName).HasMaxLength(60);
        builder.Property(row => row.Unit).HasMaxLength(100);
        builder.HasIndex(row => new { row.DocumentId, row.Number }).IsUnique().HasDatabaseName(OneNumber);
    }
}

internal sealed class AnnouncedDocumentConfiguration : IEntityTypeConfiguration<AnnouncedDocument>
{
    public const string OneEach = "ux_announced_documents_subject";

    public void Configure(EntityTypeBuilder<AnnouncedDocument> builder)
    {
        builder.ToTable("announced_documents");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Kind).HasConversion<string>().HasMaxLength(30);
        builder.Property(row => row.Path).HasMaxLength(400);
        builder.Property(row => row.Title).HasMaxLength(200);
        builder.HasIndex(row => new { row.SubjectId, row.Kind }).IsUnique().HasDatabaseName(OneEach);
        builder.HasIndex(row => new { row.SiteId, row.CountsOn })
            .HasDatabaseName("ix_announced_documents_counts").HasFilter("counts_on is not null");
    }
}
