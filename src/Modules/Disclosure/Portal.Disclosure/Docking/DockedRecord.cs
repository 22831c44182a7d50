using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Data;

namespace Portal.Disclosure.Docking;

/// <summary>What became of a record of a source.</summary>
public enum RecordState
{
    /// <summary>It is an entry of the directory.</summary>
    Applied,

    /// <summary>Its number belongs to another record; a person decides.</summary>
    Quarantined,

    /// <summary>A person has decided that the number stays with the other record.</summary>
    Yielded,
}

/// <summary>
/// The newest version of a record that a source has delivered: what is older never overwrites it, and reconciliation
/// compares it with what the source says it has.
/// </summary>
internal sealed class DockedRecord
{
    public Guid SourceId { get; init; }

    public required string IndexNumber { get; init; }

    /// <summary>The entry; null while it waits or has yielded, or when it was withdrawn before it ever arrived.</summary>
    public Guid? EntryId { get; set; }

    public long Version { get; set; }

    /// <summary>The verified hash of the record as it was sent; empty of what came in before hashes were verified.</summary>
    public required string ContentHash { get; set; }

    public RecordState State { get; set; }

    public bool Withdrawn { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }
}

/// <summary>Why a record waits for a person.</summary>
public enum QuarantineCause
{
    /// <summary>Its index number belongs to another record.</summary>
    SameNumber,

    /// <summary>Another source has delivered a record of the same title, day and issuer under another number.</summary>
    SameDocument,
}

/// <summary>
/// A delivered record that has another one's index number, or looks like another one: kept aside with both shown 隔离待核.
/// </summary>
internal sealed class QuarantinedItem
{
    public Guid Id { get; init; }

    public Guid SourceId { get; init; }

    public required string IndexNumber { get; init; }

    /// <summary>The entry that has the number, or that it looks like.</summary>
    public Guid EntryId { get; init; }

    /// <summary>Why it waits.</summary>
    public QuarantineCause Cause { get; init; }

    public required DockingItem Item { get; set; }

    public DateTimeOffset At { get; set; }

    public QuarantineDecision? Decision { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public string? DecidedBy { get; set; }

    public string? Reason { get; set; }
}

/// <summary>What a person decides on a quarantined record.</summary>
public enum QuarantineDecision
{
    /// <summary>The number stays with the entry that has it; the source is to correct its own.</summary>
    KeepExisting,

    /// <summary>The source's record takes the place of the entry; the number stays the same.</summary>
    TakeIncoming,

    /// <summary>They are two documents: both stay in the directory, each under its number.</summary>
    KeepBoth,
}

internal sealed class DockedRecordConfiguration : IEntityTypeConfiguration<DockedRecord>
{
    public void Configure(EntityTypeBuilder<DockedRecord> builder)
    {
        builder.ToTable("docked_records");
        builder.HasKey(record => new { record.SourceId, record.IndexNumber });
        builder.Property(record => record.IndexNumber).HasMaxLength(64);
        builder.Property(record => record.ContentHash).HasMaxLength(64);
        builder.Property(record => record.State).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(record => record.EntryId).IsUnique().HasDatabaseName("ux_docked_records_entry")
            .HasFilter("entry_id is not null");
        builder.HasOne<DockedSource>().WithMany().HasForeignKey(record => record.SourceId)
            .OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class QuarantinedItemConfiguration : IEntityTypeConfiguration<QuarantinedItem>
{
    public void Configure(EntityTypeBuilder<QuarantinedItem> builder)
    {
        builder.ToTable("docking_quarantine");
        builder.HasKey(item => item.Id);
        builder.Property(item => item.IndexNumber).HasMaxLength(64);
        builder.Property(item => item.Item).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<DockingItem>(), JsonColumn.Comparer<DockingItem>());
        builder.Property(item => item.Cause).HasConversion<string>().HasMaxLength(16)
            .HasDefaultValue(QuarantineCause.SameNumber);
        builder.Property(item => item.Decision).HasConversion<string>().HasMaxLength(16);
        builder.Property(item => item.DecidedBy).HasMaxLength(100);
        builder.Property(item => item.Reason).HasMaxLength(500);
        builder.HasIndex(item => new { item.SourceId, item.IndexNumber }).IsUnique()
            .HasDatabaseName("ux_docking_quarantine_waiting").HasFilter("decided_at is null");
        builder.HasOne<DockedSource>().WithMany().HasForeignKey(item => item.SourceId).OnDelete(DeleteBehavior.Restrict);
    }
}
