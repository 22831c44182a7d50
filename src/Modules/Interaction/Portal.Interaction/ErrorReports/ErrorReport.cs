using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Interaction.ErrorReports;

/// <summary>What is wrong with a page.</summary>
public enum ErrorKind
{
    /// <summary>错别字、文字差错</summary>
    Text,

    /// <summary>链接失效</summary>
    BrokenLink,

    /// <summary>信息过期或者不准确</summary>
    Outdated,

    /// <summary>内容缺失</summary>
    Missing,

    /// <summary>附件打不开</summary>
    Attachment,

    /// <summary>页面无法使用</summary>
    Unusable,

    /// <summary>其他</summary>
    Other,
}

/// <summary>Who found it.</summary>
public enum ErrorSource
{
    /// <summary>A visitor, by the link of the page.</summary>
    Visitor,

    /// <summary>Staff, in the daily reading 值班读网 (G-36).</summary>
    Reading,

    /// <summary>A check of the platform.</summary>
    Machine,
}

/// <summary>What became of it.</summary>
public enum ErrorResult
{
    /// <summary>已更正</summary>
    Corrected,

    /// <summary>已说明: the page is right, and why.</summary>
    Explained,

    /// <summary>反映不属实: not shown to the public (G-35).</summary>
    Untrue,

    /// <summary>不属于本单位: with who is responsible.</summary>
    NotOurs,
}

/// <summary>
/// A report of an error on a page. One row and its steps: what was written lies sealed in the row under a key of its own.
/// State, dates and outcome are a cache of the steps.
/// </summary>
internal sealed class ErrorReport
{
    public Guid Id { get; init; }

    /// <summary>The site that owns the page, whose desk has the report.</summary>
    public Guid SiteId { get; init; }

    /// <summary><see cref="ErrorReportNumber"/>; unique in the province, never changed or reused.</summary>
    public required string Number { get; init; }

    /// <summary>Identity of the form, so that a second click makes no second report.</summary>
    public Guid FormId { get; init; }

    /// <summary>Keyed hash of the follow-up code; the code itself is kept nowhere.</summary>
    public required string CodeHash { get; init; }

    public ErrorSource Source { get; init; }

    public ErrorKind Kind { get; init; }

    /// <summary>Address on the site, with leading slash.</summary>
    public required string Page { get; init; }

    /// <summary>What the page was called then; empty when nothing of that address was known.</summary>
    public required string PageTitle { get; init; }

    public Guid? DocumentId { get; init; }

    /// <summary>The edition that the reader had before them.</summary>
    public Guid? EditionId { get; init; }

    /// <summary>Keyed hash of kind, passage and words: finds the same report sent again.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Keyed hash of the passage; null where none was given.</summary>
    public string? QuoteHash { get; init; }

    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Hash of the report as it was taken: what the receipt shows and the trail seals.</summary>
    public required string TextHash { get; init; }

    /// <summary>What made the report suspect when it came; it is read by a person all the same.</summary>
    public string? Suspicion { get; init; }

    /// <summary>The data key of what was written, wrapped; null once it is erased.</summary>
    public string? SealedKey { get; set; }

    /// <summary><see cref="WrittenReport"/>, sealed.</summary>
    public required byte[] Sealed { get; init; }

    public DateTimeOffset? ErasedAt { get; set; }

    public ErrorState State { get; set; }

    /// <summary>The unit that handles it, as a site, and its name then.</summary>
    public Guid? UnitSiteId { get; set; }

    public string? UnitName { get; set; }

    public Guid? HandlerId { get; set; }

    public string? HandlerName { get; set; }

    /// <summary>The report of the same error that this one was joined to.</summary>
    public Guid? JoinedTo { get; set; }

    /// <summary>The last days to forward and to answer, as they were last read, and with which calendar.</summary>
    public DateOnly ForwardDueOn { get; set; }

    public DateOnly DueOn { get; set; }

    public required string CalendarVersion { get; set; }

    public DateOnly? ForwardedOn { get; set; }

    public DateOnly? AnsweredOn { get; set; }

    /// <summary>Working days from the report to the answer.</summary>
    public int? Workdays { get; set; }

    public DateOnly? ClosedOn { get; set; }

    public ErrorResult? Result { get; set; }

    /// <summary>What the reporter is told; empty once erased.</summary>
    public string? Answer { get; set; }

    /// <summary>The edition that put it right.</summary>
    public Guid? CorrectedBy { get; set; }

    public int Version { get; set; }
}

internal sealed class ErrorReportConfiguration : IEntityTypeConfiguration<ErrorReport>
{
    public const string OneForm = "ux_error_reports_form";

    public void Configure(EntityTypeBuilder<ErrorReport> builder)
    {
        builder.ToTable("error_reports", table =>
        {
            table.HasCheckConstraint("ck_error_reports_joined", "(state = 'Joined') = (joined_to is not null)");
            table.HasCheckConstraint("ck_error_reports_answered", "(answered_on is null) = (result is null)");
        });
        builder.HasKey(report => report.Id);
        builder.HasOne<ErrorReport>().WithMany().HasForeignKey(report => report.JoinedTo).OnDelete(DeleteBehavior.Restrict);
        builder.Property(report => report.Number).HasMaxLength(30);
        builder.Property(report => report.CodeHash).HasMaxLength(64);
        builder.Property(report => report.Source).HasConversion<string>().HasMaxLength(16);
        builder.Property(report => report.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(report => report.Page).HasMaxLength(PageOfReport.Longest);
        builder.Property(report => report.PageTitle).HasMaxLength(200);
        builder.Property(report => report.ContentHash).HasMaxLength(64);
        builder.Property(report => report.QuoteHash).HasMaxLength(64);
        builder.Property(report => report.TextHash).HasMaxLength(64);
        builder.Property(report => report.Suspicion).HasMaxLength(60);
        builder.Property(report => report.SealedKey).HasMaxLength(1000);
        builder.Property(report => report.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(report => report.UnitName).HasMaxLength(100);
        builder.Property(report => report.HandlerName).HasMaxLength(60);
        builder.Property(report => report.CalendarVersion).HasMaxLength(60);
        builder.Property(report => report.Result).HasConversion<string>().HasMaxLength(16);
        builder.Property(report => report.Answer).HasMaxLength(1000);
        builder.Property(report => report.Version).IsConcurrencyToken();
        builder.HasIndex(report => report.Number).IsUnique().HasDatabaseName("ux_error_reports_number");
        builder.HasIndex(report => report.FormId).IsUnique().HasDatabaseName(OneForm);
        builder.HasIndex(report => new { report.SiteId, report.SubmittedAt, report.Id }).HasDatabaseName("ix_error_reports_newest");
        builder.HasIndex(report => new { report.SubmittedAt, report.Id }).HasDatabaseName("ix_error_reports_submitted");
        builder.HasIndex(report => new { report.SiteId, report.DueOn, report.Id })
            .HasDatabaseName("ix_error_reports_open").HasFilter("closed_on is null");
        builder.HasIndex(report => new { report.UnitSiteId, report.DueOn, report.Id })
            .HasDatabaseName("ix_error_reports_unit").HasFilter("closed_on is null and unit_site_id is not null");
        builder.HasIndex(report => new { report.SiteId, report.Page, report.SubmittedAt }).HasDatabaseName("ix_error_reports_page");
        builder.HasIndex(report => report.DocumentId)
            .HasDatabaseName("ix_error_reports_document").HasFilter("state = 'Correcting'");
        builder.HasIndex(report => report.JoinedTo).HasDatabaseName("ix_error_reports_joined").HasFilter("joined_to is not null");
        builder.HasIndex(report => new { report.SiteId, report.AnsweredOn, report.Id })
            .HasDatabaseName("ix_error_reports_answered").HasFilter("answered_on is not null");
    }
}
