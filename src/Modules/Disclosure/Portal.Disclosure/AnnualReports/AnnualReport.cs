using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Data;
using Portal.Shared.Messaging;

namespace Portal.Disclosure.AnnualReports;

/// <summary>A number of a report.</summary>
/// <param name="Value">What the report says; null: not yet filled in.</param>
public sealed record ReportCell(decimal? Value)
{
    /// <summary>What the platform's own records give; null where they give nothing.</summary>
    public decimal? Computed { get; init; }

    /// <summary>Where the computed number comes from.</summary>
    public FigureSource Source { get; init; }

    /// <summary>Why the report says something else than the records.</summary>
    public string? Reason { get; init; }

    /// <summary>The report says something else than the records.</summary>
    [JsonIgnore]
    public bool IsOverridden => Computed is { } computed && Value != computed;
}

/// <summary>What was charged for information in a year (FEE109), from the records of the requests.</summary>
/// <param name="Cases">Requests for which the fee was paid.</param>
/// <param name="Yuan">Together.</param>
public sealed record ReportFees(int Cases, decimal Yuan);

/// <summary>A number that moved when it was filled in anew.</summary>
/// <param name="Key">The place.</param>
/// <param name="From">What the records gave before.</param>
/// <param name="To">What they give now.</param>
/// <param name="Kept">The report says neither: staff had overridden it.</param>
public sealed record FigureMove(string Key, decimal? From, decimal? To, bool Kept);

/// <summary>The annual report of an organisation in the making; what was submitted and published are rows of their own.</summary>
internal sealed class AnnualReport
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    /// <summary>The site and every site above it, top first.</summary>
    public Guid[] SitePath { get; set; } = [];

    public Guid OrganisationId { get; init; }

    public required string OrganisationName { get; set; }

    public int Year { get; init; }

    /// <summary>The version of the form.</summary>
    public required string FormVersion { get; init; }

    /// <summary>Typed and computed numbers by place; derived ones are not kept.</summary>
    public SortedDictionary<string, ReportCell> Cells { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The parts in words, Markdown, by section.</summary>
    public SortedDictionary<string, string> Sections { get; set; } = new(StringComparer.Ordinal);

    public ReportFees Fees { get; set; } = new(0, 0);

    /// <summary>What the last filling moved.</summary>
    public List<FigureMove> Moves { get; set; } = [];

    public DateTimeOffset FilledAt { get; set; }

    /// <summary>The document under which it is reviewed and published; there is none before the first submission.</summary>
    public Guid DocumentId { get; init; }

    /// <summary>What the public sees now; null: nothing.</summary>
    public Guid? PublishedId { get; set; }

    /// <summary>When it was public for the first time.</summary>
    public DateTimeOffset? FirstPublishedAt { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }

    public string? PublishedTitle { get; set; }

    public string? PublishedPath { get; set; }

    /// <summary>Sequence of the document's page: an older fact never overwrites a newer one.</summary>
    public int PublishedSequence { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public required string UpdatedBy { get; set; }

    /// <summary>Grows with every save; a writer names the one it read.</summary>
    public int Version { get; set; } = 1;

    public string Title => $"{OrganisationName}{Year}年政府信息公开工作年度报告";
}

/// <summary>
/// What was submitted: numbers and words as they stood, never changed afterwards, so that what is reviewed is what is published.
/// </summary>
internal sealed record ReportContent
{
    public required string FormVersion { get; init; }

    public required int Year { get; init; }

    public required string OrganisationName { get; init; }

    public required string Title { get; init; }

    /// <summary>All numbers, the derived ones too.</summary>
    public required SortedDictionary<string, ReportCell> Cells { get; init; }

    public required SortedDictionary<string, string> Sections { get; init; }

    public required ReportFees Fees { get; init; }

    public Figures Figures() => new(Cells.ToDictionary(cell => cell.Key, cell => cell.Value.Value));

    /// <summary>SHA-256 over all of it.</summary>
    public string Hash() =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, MessageJson.Options))));
}

/// <summary>A submission to the three reviews; append-only.</summary>
internal sealed class ReportSubmission
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid ReportId { get; init; }

    /// <summary>1, 2, 3 …</summary>
    public int Number { get; init; }

    public required ReportContent Content { get; init; }

    public required string ContentHash { get; init; }

    public Guid PersonId { get; init; }

    public required string PersonName { get; init; }

    public required string Unit { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>An edition that the public saw, as it saw it: a later one takes its place, and it stays readable. Append-only.</summary>
internal sealed class ReportPublication
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid ReportId { get; init; }

    public Guid SubmissionId { get; init; }

    /// <summary>1, 2, 3 … among what was published.</summary>
    public int Number { get; init; }

    public required string Title { get; init; }

    /// <summary>The body as safe HTML.</summary>
    public required string Html { get; init; }

    public DateTimeOffset PublishedAt { get; init; }
}

internal sealed class AnnualReportConfiguration : IEntityTypeConfiguration<AnnualReport>
{
    public const string OneEach = "ux_annual_reports_site_year";

    public void Configure(EntityTypeBuilder<AnnualReport> builder)
    {
        builder.ToTable("annual_reports");
        builder.HasKey(report => report.Id);
        builder.Ignore(report => report.Title);
        builder.Property(report => report.OrganisationName).HasMaxLength(100);
        builder.Property(report => report.FormVersion).HasMaxLength(20);
        builder.Property(report => report.UpdatedBy).HasMaxLength(60);
        builder.Property(report => report.PublishedTitle).HasMaxLength(200);
        builder.Property(report => report.PublishedPath).HasMaxLength(400);
        builder.Property(report => report.Cells).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<SortedDictionary<string, ReportCell>>(),
            JsonColumn.Comparer<SortedDictionary<string, ReportCell>>());
        builder.Property(report => report.Sections).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<SortedDictionary<string, string>>(),
            JsonColumn.Comparer<SortedDictionary<string, string>>());
        builder.Property(report => report.Fees).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<ReportFees>(), JsonColumn.Comparer<ReportFees>());
        builder.Property(report => report.Moves).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<List<FigureMove>>(), JsonColumn.Comparer<List<FigureMove>>());
        builder.Property(report => report.Version).IsConcurrencyToken();
        builder.HasIndex(report => new { report.SiteId, report.Year }).IsUnique().HasDatabaseName(OneEach);
        builder.HasIndex(report => report.DocumentId).IsUnique().HasDatabaseName("ux_annual_reports_document");
        builder.HasIndex(report => new { report.Year, report.PublishedAt, report.Id })
            .HasDatabaseName("ix_annual_reports_published").HasFilter("published_id is not null");
    }
}

internal sealed class ReportSubmissionConfiguration : IEntityTypeConfiguration<ReportSubmission>
{
    public const string OneNumber = "ux_annual_report_submissions_number";

    public void Configure(EntityTypeBuilder<ReportSubmission> builder)
    {
        builder.ToTable("annual_report_submissions");
        builder.HasKey(row => row.Id);
        builder.HasOne<AnnualReport>().WithMany().HasForeignKey(row => row.ReportId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(row => row.Content).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<ReportContent>(), JsonColumn.Comparer<ReportContent>());
        builder.Property(row => row.ContentHash).HasMaxLength(64);
        builder.Property(row => row.PersonName).HasMaxLength(60);
        builder.Property(row => row.Unit).HasMaxLength(100);
        builder.HasIndex(row => new { row.ReportId, row.Number }).IsUnique().HasDatabaseName(OneNumber);
    }
}

internal sealed class ReportPublicationConfiguration : IEntityTypeConfiguration<ReportPublication>
{
    public void Configure(EntityTypeBuilder<ReportPublication> builder)
    {
        builder.ToTable("annual_report_publications");
        builder.HasKey(row => row.Id);
        builder.HasOne<AnnualReport>().WithMany().HasForeignKey(row => row.ReportId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(row => row.Title).HasMaxLength(200);
        builder.HasIndex(row => new { row.ReportId, row.Number }).IsUnique()
            .HasDatabaseName("ux_annual_report_publications_number");
    }
}
