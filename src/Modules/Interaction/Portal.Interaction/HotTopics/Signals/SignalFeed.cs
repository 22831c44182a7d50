using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Interaction.HotTopics.Signals;

/// <summary>A feed of news (Atom or RSS) that a site watches.</summary>
internal sealed class SignalFeed
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public required string Name { get; set; }

    /// <summary>The address; the kernel's way out decides whether it may be asked.</summary>
    public required string Address { get; init; }

    /// <summary>Only items with one of these words; empty: all.</summary>
    public string[] Words { get; set; } = [];

    public bool IsOn { get; set; }

    /// <summary>What the other side said of the version it sent, given back so that it need not be sent again.</summary>
    public string? EntityTag { get; set; }

    public string? LastModified { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? TriedAt { get; set; }

    /// <summary>When it last answered as it should.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>When it last had anything new.</summary>
    public DateTimeOffset? NewAt { get; set; }

    /// <summary>What went wrong the last time; null when nothing did.</summary>
    public string? Error { get; set; }

    /// <summary>How many times in a row.</summary>
    public int Failures { get; set; }

    public int Version { get; set; }
}

internal sealed class SignalFeedConfiguration : IEntityTypeConfiguration<SignalFeed>
{
    public const string Once = "ux_signal_feeds_address";
    public const int LongestAddress = 500;

    public void Configure(EntityTypeBuilder<SignalFeed> builder)
    {
        builder.ToTable("signal_feeds");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Name).HasMaxLength(60);
        builder.Property(row => row.Address).HasMaxLength(LongestAddress);
        builder.Property(row => row.Words).HasColumnType("text[]");
        builder.Property(row => row.EntityTag).HasMaxLength(200);
        builder.Property(row => row.LastModified).HasMaxLength(100);
        builder.Property(row => row.Error).HasMaxLength(500);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => new { row.SiteId, row.Address }).IsUnique().HasDatabaseName(Once);
    }
}
