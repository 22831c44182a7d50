using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Disclosure.Docking;

/// <summary>How a unit exchanges its directory with the platform.</summary>
public enum SourceMode
{
    /// <summary>It sends signed batches.</summary>
    Push,

    /// <summary>The platform fetches its change feed.</summary>
    Pull,

    /// <summary>It only reads a directory of the platform.</summary>
    Reader,
}

/// <summary>Where a unit stands.</summary>
public enum SourceState
{
    /// <summary>Nothing is imported before a person has seen the difference of a dry run.</summary>
    Trial,

    /// <summary>Imports go through.</summary>
    Active,

    /// <summary>A guard has stopped it; a person releases it.</summary>
    Held,

    /// <summary>A person has suspended it.</summary>
    Suspended,
}

/// <summary>A docked unit 对接单位: a city's or a department's system that exchanges directory records with this platform.</summary>
internal sealed class DockedSource
{
    public Guid Id { get; init; }

    /// <summary>Short key, in the records that come from it.</summary>
    public required string Key { get; init; }

    public required string Name { get; set; }

    /// <summary>The site whose organisation discloses what it delivers. A source never writes outside of it.</summary>
    public Guid SiteId { get; init; }

    /// <summary>The directory of that site.</summary>
    public Guid DirectoryId { get; init; }

    public SourceMode Mode { get; init; }

    public SourceState State { get; set; }

    /// <summary>Why a guard holds it.</summary>
    public string? HeldFor { get; set; }

    /// <summary>Until then the guards let pass what a person has released.</summary>
    public DateTimeOffset? WaivedUntil { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last time that it was heard of: a batch arrived, or its feed answered.</summary>
    public DateTimeOffset? LastContactAt { get; set; }

    /// <summary>The dry run that a person judges before the first import.</summary>
    public Guid? TrialRunId { get; set; }

    /// <summary>Pull: where the change feed is.</summary>
    public string? FeedAddress { get; set; }

    /// <summary>Pull: key of the directory there.</summary>
    public string? RemoteDirectory { get; set; }

    /// <summary>Pull: the credential that the other side has issued; its private key is kept under data protection.</summary>
    public string? RemoteKeyId { get; set; }

    public string? RemoteKey { get; set; }

    /// <summary>Pull: the last sequence that is in. It moves in the transaction of what was imported.</summary>
    public long Cursor { get; set; }

    /// <summary>Pull: the newest sequence that the other side has told of.</summary>
    public long HeadSequence { get; set; }

    public DateTimeOffset? NextPullAt { get; set; }

    /// <summary>Pull: failures in a row, and the last one in words.</summary>
    public int Failures { get; set; }

    public string? LastFailure { get; set; }

    public DateTimeOffset? ReconciledAt { get; set; }

    /// <summary>What the last reconciliation has found and could not mend.</summary>
    public int Differences { get; set; }
}

internal sealed class DockedSourceConfiguration : IEntityTypeConfiguration<DockedSource>
{
    public const string OneKey = "ux_docked_sources_key";

    public void Configure(EntityTypeBuilder<DockedSource> builder)
    {
        builder.ToTable("docked_sources");
        builder.HasKey(source => source.Id);
        builder.Property(source => source.Key).HasMaxLength(40);
        builder.Property(source => source.Name).HasMaxLength(100);
        builder.Property(source => source.Mode).HasConversion<string>().HasMaxLength(16);
        builder.Property(source => source.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(source => source.HeldFor).HasMaxLength(300);
        builder.Property(source => source.FeedAddress).HasMaxLength(300);
        builder.Property(source => source.RemoteDirectory).HasMaxLength(40);
        builder.Property(source => source.RemoteKeyId).HasMaxLength(40);
        builder.Property(source => source.LastFailure).HasMaxLength(500);
        builder.HasIndex(source => source.Key).IsUnique().HasDatabaseName(OneKey);
        builder.HasIndex(source => source.SiteId).HasDatabaseName("ix_docked_sources_site");
    }
}
