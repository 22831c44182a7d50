using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Data;

namespace Portal.Interaction.Letters;

/// <summary>
/// A step of a letter: what happened, by whom, and from which day it counts. Only ever added; state and clock follow from
/// the steps. It names nobody of the public: what was written lies in the papers.
/// </summary>
internal sealed class LetterEvent
{
    public Guid Id { get; init; }

    public Guid LetterId { get; init; }

    /// <summary>Its place, from 1.</summary>
    public int Sequence { get; init; }

    public LetterTrigger Trigger { get; init; }

    /// <summary>The state after it.</summary>
    public LetterState State { get; init; }

    /// <summary>When it was entered.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The day from which it counts.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Who; null for the writer and the platform.</summary>
    public Guid? ActorId { get; init; }

    public string? ActorName { get; init; }

    public string? ActorUnit { get; init; }

    /// <summary>A remark for the file, numbers of persons masked.</summary>
    public string? Note { get; init; }

    /// <summary>Few and short: unit, days, outcome, paper.</summary>
    public SortedDictionary<string, string> Facts { get; init; } = new(StringComparer.Ordinal);
}

internal sealed class LetterEventConfiguration : IEntityTypeConfiguration<LetterEvent>
{
    public const string OneSequence = "ux_letter_events_sequence";

    public void Configure(EntityTypeBuilder<LetterEvent> builder)
    {
        builder.ToTable("letter_events");
        builder.HasKey(row => row.Id);
        builder.HasOne<Letter>().WithMany().HasForeignKey(row => row.LetterId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(row => row.Trigger).HasConversion<string>().HasMaxLength(24);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.ActorName).HasMaxLength(60);
        builder.Property(row => row.ActorUnit).HasMaxLength(100);
        builder.Property(row => row.Note).HasMaxLength(1000);
        builder.Property(row => row.Facts).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<SortedDictionary<string, string>>(),
            JsonColumn.Comparer<SortedDictionary<string, string>>());
        builder.HasIndex(row => new { row.LetterId, row.Sequence }).IsUnique().HasDatabaseName(OneSequence);
    }
}

/// <summary>What is written in a letter's case, sealed under its own key.</summary>
internal sealed class LetterPaper
{
    public Guid Id { get; init; }

    public Guid LetterId { get; init; }

    public LetterPaperKind Kind { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The sealed text, or what a file is called.</summary>
    public required byte[] Sealed { get; init; }

    /// <summary>The sealed file.</summary>
    public string? BlobHash { get; init; }
}

/// <summary>What a paper is.</summary>
public enum LetterPaperKind
{
    /// <summary>Who wrote, and what: <see cref="WrittenLetter"/>.</summary>
    Letter,

    /// <summary>A file of the writer.</summary>
    Attachment,

    /// <summary>What the writer is asked to add.</summary>
    SupplementNotice,

    /// <summary>What the writer added, or asks once more after the answer.</summary>
    Supplement,

    /// <summary>What a unit that helps 会办 says to the one that answers.</summary>
    CoOpinion,

    /// <summary>Why more time is needed, told to the head only: letters of before the writer was told.</summary>
    ExtensionReason,

    /// <summary>Why more time is needed, in words for the writer; theirs once the head has granted it.</summary>
    ExtensionNotice,

    /// <summary>A draft of the reply.</summary>
    Draft,

    /// <summary>The reply as it went out.</summary>
    Reply,

    /// <summary>Why the letter is not taken, and where to go.</summary>
    Refusal,

    /// <summary>What the writer says to the rating.</summary>
    RatingComment,
}

internal sealed class LetterPaperConfiguration : IEntityTypeConfiguration<LetterPaper>
{
    public void Configure(EntityTypeBuilder<LetterPaper> builder)
    {
        builder.ToTable("letter_papers");
        builder.HasKey(paper => paper.Id);
        builder.HasOne<Letter>().WithMany().HasForeignKey(paper => paper.LetterId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(paper => paper.Kind).HasConversion<string>().HasMaxLength(24);
        builder.Property(paper => paper.BlobHash).HasMaxLength(64);
        builder.HasIndex(paper => new { paper.LetterId, paper.Id }).HasDatabaseName("ix_letter_papers_letter");
    }
}

/// <summary>
/// A unit that was given a letter: the one that answers 主办, or one that helps 会办. Its inner last day is never after the
/// letter's own; only the answering unit's reply stops the letter's clock.
/// </summary>
internal sealed class LetterAssignment
{
    public Guid Id { get; init; }

    public Guid LetterId { get; init; }

    /// <summary>The unit, as its site, and its name then.</summary>
    public Guid UnitSiteId { get; init; }

    public required string UnitName { get; init; }

    public bool Leads { get; init; }

    public DateOnly? InnerDueOn { get; init; }

    public DateTimeOffset AssignedAt { get; init; }

    /// <summary>When the unit returned the letter or lost it to another.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

internal sealed class LetterAssignmentConfiguration : IEntityTypeConfiguration<LetterAssignment>
{
    public const string OneUnit = "ux_letter_assignments_unit";

    public void Configure(EntityTypeBuilder<LetterAssignment> builder)
    {
        builder.ToTable("letter_assignments");
        builder.HasKey(row => row.Id);
        builder.HasOne<Letter>().WithMany().HasForeignKey(row => row.LetterId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(row => row.UnitName).HasMaxLength(100);
        builder.HasIndex(row => new { row.LetterId, row.UnitSiteId }).IsUnique()
            .HasDatabaseName(OneUnit).HasFilter("ended_at is null");
        builder.HasIndex(row => new { row.UnitSiteId, row.InnerDueOn, row.LetterId })
            .HasDatabaseName("ix_letter_assignments_open").HasFilter("ended_at is null");
    }
}
