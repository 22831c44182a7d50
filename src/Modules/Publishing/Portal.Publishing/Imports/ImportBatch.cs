using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Publishing.Imports;

/// <summary>
/// An import of documents that were published elsewhere before. It names who approved it as a whole; its documents
/// carry no reviews, because none were given here.
/// </summary>
internal sealed class ImportBatch
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid ChannelId { get; init; }

    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file as it was read.</summary>
    public required string FileHash { get; set; }

    public Guid? ApprovedBy { get; init; }

    public required string ApprovedByName { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; set; }

    public int Imported { get; set; }

    public int Unchanged { get; set; }

    public int Rejected { get; set; }
}

/// <summary>A line that was not imported, and why.</summary>
internal sealed class ImportRejection
{
    public Guid BatchId { get; init; }

    /// <summary>Line number in the file, from 1.</summary>
    public int Line { get; init; }

    public string? SourceId { get; init; }

    public required string Reason { get; init; }
}

internal sealed class ImportBatchConfiguration : IEntityTypeConfiguration<ImportBatch>
{
    public void Configure(EntityTypeBuilder<ImportBatch> builder)
    {
        builder.ToTable("import_batches");
        builder.HasKey(batch => batch.Id);
        builder.Property(batch => batch.FileName).HasMaxLength(260);
        builder.Property(batch => batch.FileHash).HasMaxLength(64);
        builder.HasIndex(batch => new { batch.SiteId, batch.StartedAt });
    }
}

internal sealed class ImportRejectionConfiguration : IEntityTypeConfiguration<ImportRejection>
{
    public void Configure(EntityTypeBuilder<ImportRejection> builder)
    {
        builder.ToTable("import_rejections");
        builder.HasKey(rejection => new { rejection.BatchId, rejection.Line });
        builder.HasOne<ImportBatch>().WithMany().HasForeignKey(row => row.BatchId).OnDelete(DeleteBehavior.Cascade);
    }
}
