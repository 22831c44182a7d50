using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Data;

namespace Portal.Publishing.Documents;

/// <summary>What the public gets at a document's address.</summary>
public enum PageStatus
{
    /// <summary>The page.</summary>
    Page,

    /// <summary>The page under a banner.</summary>
    Withdrawn,

    /// <summary>Leads elsewhere.</summary>
    Redirect,

    /// <summary>410 with the reason.</summary>
    Gone,
}

/// <summary>
/// What the public side reads: the live edition of a document in one row, body already rendered. Written in the
/// transaction of the publication and by nothing else; can be rebuilt from the editions (portal reindex). It keeps its
/// row as a tombstone when content goes; its sequence only grows.
/// </summary>
internal sealed class PublishedPage
{
    public Guid DocumentId { get; init; }

    public string Language { get; init; } = "zh-CN";

    public Guid SiteId { get; init; }

    public required string Path { get; set; }

    public Guid EditionId { get; set; }

    /// <summary>
    /// How often the page changed in public, this time included: the public version number. Not the edition's number: a
    /// scheduled edition may go live after an urgent fix that was drafted later.
    /// </summary>
    public int Sequence { get; set; }

    public required string ContentHash { get; set; }

    public Guid ChannelId { get; set; }

    public required string Type { get; init; }

    public PageStatus Status { get; set; }

    public string? Reason { get; set; }

    public string? RedirectTo { get; set; }

    public required string Title { get; set; }

    public required string Summary { get; set; }

    /// <summary>Body as HTML from the white-list renderer.</summary>
    public required string Html { get; set; }

    /// <summary>Release of the renderer that wrote <see cref="Html"/>: reindex renews older ones.</summary>
    public int RendererVersion { get; set; }

    public SortedDictionary<string, string> Fields { get; set; } = new(StringComparer.Ordinal);

    public required string Source { get; set; }

    public required string Author { get; set; }

    public string[] Keywords { get; set; } = [];

    public Guid? CoverMediaId { get; set; }

    public List<Attachment> Attachments { get; set; } = [];

    public Guid[] Interprets { get; set; } = [];

    /// <summary>First publication (imported documents: elsewhere); the date that lists and pages show.</summary>
    public DateTimeOffset PublishedAt { get; set; }

    /// <summary>When the current edition went live (lastmod).</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A page in the list of its channel and of every channel above it, so that any list is one index range.</summary>
internal sealed class ListingEntry
{
    public Guid SiteId { get; init; }

    public Guid ChannelId { get; init; }

    public Guid DocumentId { get; init; }

    public string Language { get; init; } = "zh-CN";

    public DateTimeOffset PublishedAt { get; init; }
}

/// <summary>What a path is.</summary>
public enum PathKind
{
    /// <summary>A channel's page.</summary>
    Channel,

    /// <summary>A document's page.</summary>
    Document,

    /// <summary>A former address that leads to a document or channel for good.</summary>
    Moved,
}

/// <summary>The one owner of a path on a site.</summary>
internal sealed class PathOwner
{
    public Guid SiteId { get; init; }

    public required string Path { get; init; }

    public PathKind Kind { get; set; }

    /// <summary>The channel, the document, or for a moved path the document or channel that moved.</summary>
    public Guid TargetId { get; set; }
}

internal sealed class PublishedPageConfiguration : IEntityTypeConfiguration<PublishedPage>
{
    public const string OnePath = "ux_published_pages_path";

    public void Configure(EntityTypeBuilder<PublishedPage> builder)
    {
        builder.ToTable("published_pages");
        builder.HasKey(page => new { page.DocumentId, page.Language });
        builder.Property(page => page.Language).HasMaxLength(16);
        builder.Property(page => page.Type).HasMaxLength(40);
        builder.Property(page => page.Status).HasConversion<string>().HasMaxLength(16);
        builder.Property(page => page.Fields).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<SortedDictionary<string, string>>(),
            JsonColumn.Comparer<SortedDictionary<string, string>>());
        builder.Property(page => page.Attachments).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<List<Attachment>>(), JsonColumn.Comparer<List<Attachment>>());
        builder.HasIndex(page => new { page.SiteId, page.Path }, OnePath).HasDatabaseName(OnePath).IsUnique();
        builder.HasIndex(page => new { page.SiteId, page.UpdatedAt, page.DocumentId })
            .HasDatabaseName("ix_published_pages_updated").HasFilter("status in ('Page','Withdrawn')");
        builder.HasIndex(page => page.Interprets).HasMethod("gin");
    }
}

internal sealed class ListingEntryConfiguration : IEntityTypeConfiguration<ListingEntry>
{
    public void Configure(EntityTypeBuilder<ListingEntry> builder)
    {
        builder.ToTable("listing_entries");
        builder.HasKey(entry => new { entry.ChannelId, entry.Language, entry.PublishedAt, entry.DocumentId });
        builder.HasIndex(entry => new { entry.DocumentId, entry.Language });
        builder.HasIndex(entry => new { entry.SiteId, entry.PublishedAt });
    }
}

internal sealed class PathOwnerConfiguration : IEntityTypeConfiguration<PathOwner>
{
    public const string OneOwner = "pk_path_owners";

    public void Configure(EntityTypeBuilder<PathOwner> builder)
    {
        builder.ToTable("path_owners");
        builder.HasKey(owner => new { owner.SiteId, owner.Path }).HasName(OneOwner);
        builder.Property(owner => owner.Path).HasMaxLength(400);
        builder.Property(owner => owner.Kind).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(owner => owner.TargetId);
    }
}
