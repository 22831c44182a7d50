using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Interaction.Interviews;

/// <summary>Who speaks.</summary>
public enum Speaker
{
    /// <summary>主持人</summary>
    Host,

    /// <summary>嘉宾, by number.</summary>
    Guest,

    /// <summary>网友提问, read out.</summary>
    Question,
}

/// <summary>
/// Something that was said, as the scribe wrote it. Rows are only ever added, counted without gaps: a correction is a new
/// row that stands in the place of an earlier one.
/// </summary>
internal sealed class InterviewUtterance
{
    public Guid Id { get; init; }

    public Guid InterviewId { get; init; }

    public int Sequence { get; init; }

    /// <summary>Identity of the scribe's form: sent twice, it is said once.</summary>
    public Guid FormId { get; init; }

    public Speaker Speaker { get; init; }

    /// <summary>Which guest, from 1; 0 for others.</summary>
    public int Guest { get; init; }

    public Guid? QuestionId { get; init; }

    /// <summary>The name as it stood then.</summary>
    public required string Name { get; init; }

    public required string Text { get; init; }

    /// <summary>The first row of the place in which this one stands; null: it has a place of its own.</summary>
    public int? Replaces { get; init; }

    public DateTimeOffset At { get; init; }

    public Guid? ActorId { get; init; }

    public string? ActorName { get; init; }
}

internal sealed class InterviewUtteranceConfiguration : IEntityTypeConfiguration<InterviewUtterance>
{
    public const string OneForm = "ux_interview_utterances_form";

    public void Configure(EntityTypeBuilder<InterviewUtterance> builder)
    {
        builder.ToTable("interview_utterances");
        builder.HasKey(row => row.Id);
        builder.HasOne<Interview>().WithMany().HasForeignKey(row => row.InterviewId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<InterviewQuestion>().WithMany().HasForeignKey(row => row.QuestionId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(row => row.Speaker).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Name).HasMaxLength(60);
        builder.Property(row => row.Text).HasMaxLength(4000);
        builder.Property(row => row.ActorName).HasMaxLength(60);
        builder.HasIndex(row => new { row.InterviewId, row.Sequence }).IsUnique().HasDatabaseName("ux_interview_utterances_sequence");
        builder.HasIndex(row => new { row.InterviewId, row.FormId }).IsUnique().HasDatabaseName(OneForm);
    }
}

/// <summary>What live visitors are told.</summary>
public enum SignalKind
{
    /// <summary>Something was said.</summary>
    Utterance,

    /// <summary>What was said was written down wrongly.</summary>
    Correction,

    /// <summary>A question was selected.</summary>
    Question,

    /// <summary>It began, stands still, goes on, has ended or changed otherwise.</summary>
    State,
}

/// <summary>
/// A line of what live visitors are told. The writers of one interview wait for each other at its row, so that lines are
/// seen in the order of their numbers and whoever has seen number n has seen all before it.
/// </summary>
internal sealed class InterviewSignal
{
    public Guid InterviewId { get; init; }

    public long Sequence { get; init; }

    public SignalKind Kind { get; init; }

    /// <summary>One line of JSON.</summary>
    public required string Data { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class InterviewSignalConfiguration : IEntityTypeConfiguration<InterviewSignal>
{
    public void Configure(EntityTypeBuilder<InterviewSignal> builder)
    {
        builder.ToTable("interview_signals");
        builder.HasKey(row => new { row.InterviewId, row.Sequence });
        builder.HasOne<Interview>().WithMany().HasForeignKey(row => row.InterviewId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(row => row.Kind).HasConversion<string>().HasMaxLength(16);
    }
}
