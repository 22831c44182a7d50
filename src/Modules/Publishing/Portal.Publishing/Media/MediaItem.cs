using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Publishing.Media;

/// <summary>
/// An uploaded file of a site. Its bytes are a blob named by their hash; its name is only a label; its type was decided
/// once, by content. The public may fetch it while a live page refers to it, and at no other time.
/// </summary>
internal sealed class MediaItem
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public required string BlobHash { get; init; }

    /// <summary>The uploader's file name, cleaned; shown and offered for download.</summary>
    public required string Name { get; init; }

    public required string MediaType { get; init; }

    public long Size { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public Guid? UploadedBy { get; init; }

    public DateTimeOffset UploadedAt { get; init; }
}

/// <summary>A live page that refers to a media item.</summary>
internal sealed class PublishedMedia
{
    public Guid SiteId { get; init; }

    public Guid MediaId { get; init; }

    public Guid DocumentId { get; init; }

    public string Language { get; init; } = "zh-CN";
}

internal sealed class MediaItemConfiguration : IEntityTypeConfiguration<MediaItem>
{
    public void Configure(EntityTypeBuilder<MediaItem> builder)
    {
        builder.ToTable("media_items");
        builder.HasKey(item => item.Id);
        builder.Property(item => item.BlobHash).HasMaxLength(64);
        builder.Property(item => item.Name).HasMaxLength(200);
        builder.Property(item => item.MediaType).HasMaxLength(100);
        builder.HasIndex(item => new { item.SiteId, item.UploadedAt, item.Id });
    }
}

internal sealed class PublishedMediaConfiguration : IEntityTypeConfiguration<PublishedMedia>
{
    public void Configure(EntityTypeBuilder<PublishedMedia> builder)
    {
        builder.ToTable("published_media");
        builder.HasKey(use => new { use.MediaId, use.DocumentId, use.Language });
        builder.HasIndex(use => new { use.DocumentId, use.Language });
    }
}
