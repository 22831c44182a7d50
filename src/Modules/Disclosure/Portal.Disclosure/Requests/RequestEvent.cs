using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Data;

namespace Portal.Disclosure.Requests;

/// <summary>
/// A step of a request: what happened, by whom, and from which day it counts. Only ever added; state and clock follow
/// from the steps. It names nobody of the public: what was written lies in the papers.
/// </summary>
internal sealed class RequestEvent
{
    public Guid Id { get; init; }

    public Guid RequestId { get; init; }

    /// <summary>Its place, from 1.</summary>
    public int Sequence { get; init; }

    public RequestTrigger Trigger { get; init; }

    /// <summary>The state after it.</summary>
    public RequestState State { get; init; }

    /// <summary>When it was entered.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The day from which it counts.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Who; null for the applicant.</summary>
    public Guid? ActorId { get; init; }

    public string? ActorName { get; init; }

    public string? ActorUnit { get; init; }

    /// <summary>A remark for the file, numbers of persons masked.</summary>
    public string? Note { get; init; }

    /// <summary>Few and short: days, amount, outcome, paper.</summary>
    public SortedDictionary<string, string> Facts { get; init; } = new(StringComparer.Ordinal);
}

internal sealed class RequestEventConfiguration : IEntityTypeConfiguration<RequestEvent>
{
    public const string OneSequence = "ux_request_events_sequence";

    public void Configure(EntityTypeBuilder<RequestEvent> builder)
    {
        builder.ToTable("request_events");
        builder.HasKey(row => row.Id);
        builder.HasOne<InformationRequest>().WithMany().HasForeignKey(row => row.RequestId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(row => row.Trigger).HasConversion<string>().HasMaxLength(24);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.ActorName).HasMaxLength(60);
        builder.Property(row => row.ActorUnit).HasMaxLength(100);
        builder.Property(row => row.Note).HasMaxLength(1000);
        builder.Property(row => row.Facts).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<SortedDictionary<string, string>>(),
            JsonColumn.Comparer<SortedDictionary<string, string>>());
        builder.HasIndex(row => new { row.RequestId, row.Sequence }).IsUnique().HasDatabaseName(OneSequence);
    }
}

/// <summary>What is written in a case, sealed under the case's own key: form, corrections, letters, files.</summary>
internal sealed class RequestPaper
{
    public Guid Id { get; init; }

    public Guid RequestId { get; init; }

    public PaperKind Kind { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The sealed text, or what a file is called.</summary>
    public required byte[] Sealed { get; init; }

    /// <summary>The sealed file.</summary>
    public string? BlobHash { get; init; }

    /// <summary>SHA-256 of the paper as it went out, for letters.</summary>
    public string? ContentHash { get; init; }
}

/// <summary>What a paper is.</summary>
public enum PaperKind
{
    /// <summary>Who asks, and the description of what is asked.</summary>
    Application,

    /// <summary>A file of the applicant: proof of identity, or part of a correction.</summary>
    Attachment,

    /// <summary>补正告知书</summary>
    CorrectionNotice,

    /// <summary>What the applicant answered.</summary>
    Correction,

    /// <summary>说明理由告知书 (R-19)</summary>
    ReasonsNotice,

    /// <summary>What the applicant gave as reasons.</summary>
    Reasons,

    /// <summary>延迟答复告知书 (R-19)</summary>
    DeferralNotice,

    /// <summary>征求意见函</summary>
    ConsultationLetter,

    /// <summary>延期答复告知书</summary>
    ExtensionNotice,

    /// <summary>收费通知书</summary>
    FeeNotice,

    /// <summary>A draft of the answer.</summary>
    Draft,

    /// <summary>A file that goes out with the answer.</summary>
    AnswerFile,

    /// <summary>答复书</summary>
    Reply,

    /// <summary>视为放弃告知书 and other ends without an answer.</summary>
    ClosingNotice,
}

internal sealed class RequestPaperConfiguration : IEntityTypeConfiguration<RequestPaper>
{
    public void Configure(EntityTypeBuilder<RequestPaper> builder)
    {
        builder.ToTable("request_papers");
        builder.HasKey(paper => paper.Id);
        builder.HasOne<InformationRequest>().WithMany().HasForeignKey(paper => paper.RequestId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(paper => paper.Kind).HasConversion<string>().HasMaxLength(24);
        builder.Property(paper => paper.BlobHash).HasMaxLength(64);
        builder.Property(paper => paper.ContentHash).HasMaxLength(64);
        builder.HasIndex(paper => new { paper.RequestId, paper.Id }).HasDatabaseName("ix_request_papers_request");
    }
}
