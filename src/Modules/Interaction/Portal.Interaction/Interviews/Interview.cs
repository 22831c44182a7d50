using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Data;

namespace Portal.Interaction.Interviews;

/// <summary>A guest of an interview; the place in the list is the guest's number.</summary>
public sealed record InterviewGuest
{
    public string Name { get; init; } = "";

    /// <summary>职务</summary>
    public string Position { get; init; } = "";

    public string Unit { get; init; } = "";

    /// <summary>Address of a picture of the site's media; empty: none.</summary>
    public string Picture { get; init; } = "";
}

/// <summary>
/// A live interview 在线访谈 of a site. What the announcement says was reviewed as it stands here: it is changed only while
/// nothing of it is public. State and the instants are a cache of the events.
/// </summary>
internal sealed class Interview
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    /// <summary>Names it in addresses; unique on the site, never changed.</summary>
    public required string Key { get; init; }

    public required string Topic { get; set; }

    public string Summary { get; set; } = "";

    public IReadOnlyList<InterviewGuest> Guests { get; set; } = [];

    /// <summary>主持人</summary>
    public string Host { get; set; } = "";

    public string Place { get; set; } = "";

    public string Picture { get; set; } = "";

    public string PictureAlt { get; set; } = "";

    /// <summary>When it begins, as it stands now.</summary>
    public DateTimeOffset StartsAt { get; set; }

    public int Minutes { get; set; } = 60;

    /// <summary>Why it was announced later than the rule asks (G-38); the public reads it.</summary>
    public string NoticeReason { get; set; } = "";

    public InterviewState State { get; set; }

    /// <summary>Live, and on a break.</summary>
    public bool IsPaused { get; set; }

    /// <summary>When the announcement became public; null: nothing of it has.</summary>
    public DateTimeOffset? AnnouncedAt { get; set; }

    public DateTimeOffset? LiveAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>Why it was last put off or cancelled, for the public.</summary>
    public string PublicReason { get; set; } = "";

    /// <summary>What was said, in short: goes out with the transcript.</summary>
    public string Digest { get; set; } = "";

    /// <summary>The transcript as it was reviewed and published (<see cref="InterviewTranscript"/> as JSON).</summary>
    public string? Transcript { get; set; }

    /// <summary>The document of the announcement and of the transcript, for who wants the text that was reviewed.</summary>
    public string? NoticePath { get; set; }

    public string? TranscriptPath { get; set; }

    /// <summary>How often the calendar entry has changed: its SEQUENCE (RFC 5545).</summary>
    public int Revision { get; set; }

    /// <summary>The last utterance and the last signal; both are counted without gaps.</summary>
    public int LastUtterance { get; init; }

    public long LastSignal { get; init; }

    /// <summary>What the archive finds it by: pairs of characters and words.</summary>
    public string[] Grams { get; set; } = [];

    public int Version { get; set; }
}

internal sealed class InterviewConfiguration : IEntityTypeConfiguration<Interview>
{
    public const string OneKey = "ux_interviews_key";

    public void Configure(EntityTypeBuilder<Interview> builder)
    {
        builder.ToTable("interviews");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Key).HasMaxLength(60);
        builder.Property(row => row.Topic).HasMaxLength(100);
        builder.Property(row => row.Summary).HasMaxLength(2000);
        builder.Property(row => row.Guests).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<IReadOnlyList<InterviewGuest>>(), JsonColumn.Comparer<IReadOnlyList<InterviewGuest>>());
        builder.Property(row => row.Host).HasMaxLength(60);
        builder.Property(row => row.Place).HasMaxLength(100);
        builder.Property(row => row.Picture).HasMaxLength(300);
        builder.Property(row => row.PictureAlt).HasMaxLength(200);
        builder.Property(row => row.NoticeReason).HasMaxLength(500);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(24);
        builder.Property(row => row.PublicReason).HasMaxLength(500);
        builder.Property(row => row.Digest).HasMaxLength(2000);
        builder.Property(row => row.Transcript).HasColumnType("jsonb");
        builder.Property(row => row.NoticePath).HasMaxLength(300);
        builder.Property(row => row.TranscriptPath).HasMaxLength(300);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => new { row.SiteId, row.Key }).IsUnique().HasDatabaseName(OneKey);
        builder.HasIndex(row => new { row.SiteId, row.StartsAt, row.Id }).HasDatabaseName("ix_interviews_start");
        builder.HasIndex(row => row.Grams).HasMethod("gin").HasDatabaseName("ix_interviews_grams");
    }
}

/// <summary>A step of an interview: what happened, by whom, and what the public is told. Only ever added.</summary>
internal sealed class InterviewEvent
{
    public Guid Id { get; init; }

    public Guid InterviewId { get; init; }

    /// <summary>Its place, from 1.</summary>
    public int Sequence { get; init; }

    public InterviewTrigger Trigger { get; init; }

    /// <summary>The state after it.</summary>
    public InterviewState State { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Who; null for the platform.</summary>
    public Guid? ActorId { get; init; }

    public string? ActorName { get; init; }

    public string? ActorUnit { get; init; }

    /// <summary>The reason; public where the step is.</summary>
    public string? Reason { get; init; }

    /// <summary>The start before and after a postponement.</summary>
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }
}

internal sealed class InterviewEventConfiguration : IEntityTypeConfiguration<InterviewEvent>
{
    public const string OneSequence = "ux_interview_events_sequence";

    public void Configure(EntityTypeBuilder<InterviewEvent> builder)
    {
        builder.ToTable("interview_events");
        builder.HasKey(row => row.Id);
        builder.HasOne<Interview>().WithMany().HasForeignKey(row => row.InterviewId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(row => row.Trigger).HasConversion<string>().HasMaxLength(24);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(24);
        builder.Property(row => row.ActorName).HasMaxLength(60);
        builder.Property(row => row.ActorUnit).HasMaxLength(100);
        builder.Property(row => row.Reason).HasMaxLength(500);
        builder.HasIndex(row => new { row.InterviewId, row.Sequence }).IsUnique().HasDatabaseName(OneSequence);
    }
}
