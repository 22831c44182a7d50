using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Publishing.Documents;

/// <summary>A document's identity. It has no state: its editions do.</summary>
internal sealed class Document
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    /// <summary>Key of its type in the configuration (<see cref="DocumentTypes"/>).</summary>
    public required string Type { get; init; }

    /// <summary>Where an imported document came from: a second import with the same id changes nothing.</summary>
    public string? SourceId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public Guid? CreatedBy { get; init; }
}

internal sealed class DocumentConfiguration : IEntityTypeConfiguration<Document>
{
    public void Configure(EntityTypeBuilder<Document> builder)
    {
        builder.ToTable("documents");
        builder.HasKey(document => document.Id);
        builder.Property(document => document.Type).HasMaxLength(40);
        builder.Property(document => document.SourceId).HasMaxLength(200);
        builder.HasIndex(document => new { document.SiteId, document.SourceId })
            .IsUnique()
            .HasDatabaseName("ux_documents_source")
            .HasFilter("source_id is not null");
    }
}
