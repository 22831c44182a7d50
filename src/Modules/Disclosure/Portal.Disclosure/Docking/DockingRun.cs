using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Disclosure.Docking;

/// <summary>What a run did.</summary>
public enum RunKind
{
    /// <summary>A batch was received.</summary>
    Push,

    /// <summary>A page of a feed was fetched.</summary>
    Pull,

    /// <summary>What an import would change, and nothing else.</summary>
    DryRun,

    /// <summary>Both sides were compared.</summary>
    Reconcile,
}

/// <summary>How a run ended.</summary>
public enum RunState
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>A guard stopped it; nothing of it was kept.</summary>
    Stopped,

    /// <summary>The other side did not answer, or not with what the protocol says.</summary>
    Failed,
}

/// <summary>What became of one item.</summary>
public enum ItemResult
{
    /// <summary>A new entry.</summary>
    Added,

    /// <summary>A newer version.</summary>
    Updated,

    /// <summary>The same again.</summary>
    Unchanged,

    /// <summary>Withdrawn by its source.</summary>
    Withdrawn,

    /// <summary>Older than what is here.</summary>
    Stale,

    /// <summary>Not valid.</summary>
    Rejected,

    /// <summary>Its number belongs to another record.</summary>
    Quarantined,

    /// <summary>Reconciliation: the source has it, here it is not.</summary>
    MissingHere,

    /// <summary>Reconciliation: it is here, the source does not have it.</summary>
    MissingThere,

    /// <summary>Reconciliation: the versions differ.</summary>
    Different,
}

/// <summary>A batch, a page or a comparison: when, how much, with what result.</summary>
internal sealed class DockingRun
{
    public Guid Id { get; init; }

    public Guid SourceId { get; init; }

    public RunKind Kind { get; init; }

    public RunState State { get; set; }

    public string? IdempotencyKey { get; init; }

    /// <summary>SHA-256 of the body.</summary>
    public string? BodyHash { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset FinishedAt { get; set; }

    public long? FromSequence { get; init; }

    public long? ToSequence { get; init; }

    public int Received { get; set; }

    public int Added { get; set; }

    public int Updated { get; set; }

    public int Unchanged { get; set; }

    public int Withdrawn { get; set; }

    public int Stale { get; set; }

    public int Rejected { get; set; }

    public int Quarantined { get; set; }

    /// <summary>Why it stopped or failed.</summary>
    public string? Message { get; set; }

    /// <summary>What was answered: the same batch again gets the same.</summary>
    public string? Answer { get; set; }
}

/// <summary>A line of a run that somebody has to look at: an error, a quarantine, a difference.</summary>
internal sealed class DockingRunLine
{
    public Guid RunId { get; init; }

    public int Line { get; init; }

    /// <summary>Place of the item in the batch.</summary>
    public int Item { get; init; }

    public string? IndexNumber { get; init; }

    public string? Title { get; init; }

    public ItemResult Result { get; init; }

    /// <summary>Path of the field in the batch.</summary>
    public string? Field { get; init; }

    public string? Message { get; init; }
}

internal sealed class DockingRunConfiguration : IEntityTypeConfiguration<DockingRun>
{
    public void Configure(EntityTypeBuilder<DockingRun> builder)
    {
        builder.ToTable("docking_runs");
        builder.HasKey(run => run.Id);
        builder.Property(run => run.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(run => run.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(run => run.IdempotencyKey).HasMaxLength(100);
        builder.Property(run => run.BodyHash).HasMaxLength(64);
        builder.Property(run => run.Message).HasMaxLength(500);
        builder.HasIndex(run => new { run.SourceId, run.IdempotencyKey }).IsUnique()
            .HasDatabaseName("ux_docking_runs_key").HasFilter("idempotency_key is not null and state = 'Done'");
        builder.HasIndex(run => new { run.SourceId, run.StartedAt }).HasDatabaseName("ix_docking_runs_newest");
        builder.HasOne<DockedSource>().WithMany().HasForeignKey(run => run.SourceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DockingRunLineConfiguration : IEntityTypeConfiguration<DockingRunLine>
{
    public void Configure(EntityTypeBuilder<DockingRunLine> builder)
    {
        builder.ToTable("docking_run_lines");
        builder.HasKey(line => new { line.RunId, line.Line });
        builder.Property(line => line.IndexNumber).HasMaxLength(200);
        builder.Property(line => line.Title).HasMaxLength(200);
        builder.Property(line => line.Result).HasConversion<string>().HasMaxLength(16);
        builder.Property(line => line.Field).HasMaxLength(200);
        builder.Property(line => line.Message).HasMaxLength(500);
        builder.HasOne<DockingRun>().WithMany().HasForeignKey(line => line.RunId).OnDelete(DeleteBehavior.Restrict);
    }
}
