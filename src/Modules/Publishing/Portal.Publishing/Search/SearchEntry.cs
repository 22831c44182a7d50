using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Publishing.Search;

/// <summary>
/// A part of a published document in the index. Long documents are cut into several parts, because a text-search vector
/// keeps positions only up to 16,383; part 0 carries the title.
/// </summary>
internal sealed class SearchEntry
{
    public Guid DocumentId { get; init; }

    public string Language { get; init; } = "zh-CN";

    public int Part { get; init; }

    public Guid SiteId { get; init; }

    /// <summary>Channel and everything above it, for the filter by channel.</summary>
    public Guid[] Lineage { get; init; } = [];

    public required string Type { get; init; }

    public int Year { get; init; }

    public DateTimeOffset PublishedAt { get; init; }

    /// <summary>Normalised 文号 for the exact hit; part 0 only.</summary>
    public string? DocumentNumber { get; init; }

    public required string Title { get; init; }

    /// <summary>The plain text of this part, for excerpts.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// Grams of the title and tags (<see cref="SearchTags"/>), part 0 only. On its way in only: a trigger turns it into the column title_vector, which the
    /// model does not know because nothing but search reads it.
    /// </summary>
    public string[]? TitleGrams { get; init; }

    /// <summary>Grams of title and text; becomes text_vector in the same way.</summary>
    public string[]? TextGrams { get; init; }
}

internal sealed class SearchEntryConfiguration : IEntityTypeConfiguration<SearchEntry>
{
    public void Configure(EntityTypeBuilder<SearchEntry> builder)
    {
        builder.ToTable("search_entries");
        builder.HasKey(entry => new { entry.DocumentId, entry.Language, entry.Part });
        builder.Property(entry => entry.Type).HasMaxLength(40);
        builder.HasIndex(entry => entry.DocumentNumber)
            .HasDatabaseName("ix_search_number").HasFilter("document_number is not null");
    }
}
