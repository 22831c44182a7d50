using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Disclosure.Directory;

/// <summary>
/// The head of a directory. Who changes entries holds its row until the transaction ends, so that sequence numbers
/// become visible in their order: a consumer never sees a gap that is filled later.
/// </summary>
internal sealed class DirectoryHead
{
    /// <summary>The site of the portal whose directory it is.</summary>
    public Guid Id { get; init; }

    public long LastSequence { get; set; }
}

/// <summary>What happened to an entry.</summary>
public enum ChangeKind
{
    /// <summary>It was made or changed.</summary>
    Upsert,

    /// <summary>It was withdrawn; its number stays.</summary>
    Tombstone,
}

/// <summary>A change in a directory: what feeds, docking and harvesters follow. Never changed, never deleted.</summary>
internal sealed class DirectoryChange
{
    public Guid DirectoryId { get; init; }

    public long Sequence { get; init; }

    public Guid EntryId { get; init; }

    public int Version { get; init; }

    public ChangeKind Kind { get; init; }

    public required string ContentHash { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class DirectoryHeadConfiguration : IEntityTypeConfiguration<DirectoryHead>
{
    public void Configure(EntityTypeBuilder<DirectoryHead> builder)
    {
        builder.ToTable("directories");
        builder.HasKey(head => head.Id);
    }
}

internal sealed class DirectoryChangeConfiguration : IEntityTypeConfiguration<DirectoryChange>
{
    public void Configure(EntityTypeBuilder<DirectoryChange> builder)
    {
        builder.ToTable("directory_changes");
        builder.HasKey(change => new { change.DirectoryId, change.Sequence });
        builder.Property(change => change.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(change => change.ContentHash).HasMaxLength(64);
        builder.HasIndex(change => new { change.EntryId, change.Version }).IsUnique()
            .HasDatabaseName("ux_directory_changes_version");
    }
}
