using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Data;

namespace Portal.Disclosure.Directory;

/// <summary>
/// What staff say of a document beside its own facts, and that a named person has confirmed the whole for these facts.
/// It is there before the entry: the release waits for it (Opinion art. 2: 先审查后公开).
/// </summary>
internal sealed class DocumentMetadata
{
    public Guid DocumentId { get; init; }

    public Guid SiteId { get; init; }

    public required EntryMetadata Values { get; set; }

    public SortedDictionary<string, string> CodeVersions { get; set; } = new(StringComparer.Ordinal);

    /// <summary>
    /// What was last confirmed: what the public gets. Values that are only kept so far stay in the console.
    /// </summary>
    public EntryMetadata? ConfirmedValues { get; set; }

    public SortedDictionary<string, string> ConfirmedVersions { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Hash of the title and the facts that were confirmed; another title or other facts need another look.</summary>
    public string? FactsHash { get; set; }

    public Guid? ConfirmedBy { get; set; }

    public string? ConfirmedByName { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    public Guid UpdatedBy { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Grows with every save; a writer names the one it read (409 otherwise).</summary>
    public int Version { get; set; } = 1;
}

internal sealed class DocumentMetadataConfiguration : IEntityTypeConfiguration<DocumentMetadata>
{
    public void Configure(EntityTypeBuilder<DocumentMetadata> builder)
    {
        builder.ToTable("document_metadata");
        builder.HasKey(row => row.DocumentId);
        builder.Property(row => row.Values).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<EntryMetadata>(), JsonColumn.Comparer<EntryMetadata>());
        builder.Property(row => row.CodeVersions).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<SortedDictionary<string, string>>(),
            JsonColumn.Comparer<SortedDictionary<string, string>>());
        builder.Property(row => row.ConfirmedValues).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<EntryMetadata?>(), JsonColumn.Comparer<EntryMetadata?>());
        builder.Property(row => row.ConfirmedVersions).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<SortedDictionary<string, string>>(),
            JsonColumn.Comparer<SortedDictionary<string, string>>()).HasDefaultValueSql("'{}'");
        builder.Property(row => row.FactsHash).HasMaxLength(64);
        builder.Property(row => row.ConfirmedByName).HasMaxLength(60);
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}
