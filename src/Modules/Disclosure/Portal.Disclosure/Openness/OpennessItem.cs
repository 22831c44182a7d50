using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Disclosure.Openness;

/// <summary>
/// Something that has to be public by a time: a document formed, a change of what is public already, a policy to be interpreted, a channel of basic
/// information. What happened is kept; due date and lateness are read from it (ADR 32). <see cref="DueAt"/> is a cache
/// beside the version of the calendar that it was read with.
/// </summary>
internal sealed class OpennessItem
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public OpennessKind Kind { get; init; }

    /// <summary>The document, the channel, or the directory entry that is no document of the platform.</summary>
    public Guid SubjectId { get; init; }

    public required string Title { get; set; }

    /// <summary>Key of the document's type; null for what is none.</summary>
    public string? DocumentType { get; set; }

    /// <summary>Path on the site, once it is public.</summary>
    public string? Path { get; set; }

    /// <summary>From when the time runs; for limits in days, the beginning of that day in Beijing.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>The cycle of the channel's own, in days; null: there is none, or it is no channel.</summary>
    public int? CycleDays { get; set; }

    /// <summary>When it was public; null: not yet.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>The instant from which it is late, as last read.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>The calendar reaches years whose notice was not out.</summary>
    public bool IsProvisional { get; set; }

    /// <summary>Version of the calendar with which the due date was last found to be another.</summary>
    public required string Calendar { get; set; }

    /// <summary>Is or was it late? Worked out, never stored.</summary>
    public bool IsLate(DateTimeOffset now) => (DoneAt ?? now) >= DueAt;
}

internal sealed class OpennessItemConfiguration : IEntityTypeConfiguration<OpennessItem>
{
    public const string OneEach = "ux_openness_items_subject";

    public void Configure(EntityTypeBuilder<OpennessItem> builder)
    {
        builder.ToTable("openness_items");
        builder.HasKey(item => item.Id);
        builder.Property(item => item.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(item => item.Title).HasMaxLength(200);
        builder.Property(item => item.DocumentType).HasMaxLength(40);
        builder.Property(item => item.Path).HasMaxLength(400);
        builder.Property(item => item.Calendar).HasMaxLength(100);
        builder.HasIndex(item => new { item.SubjectId, item.Kind }).IsUnique().HasDatabaseName(OneEach)
            .HasFilter("kind <> 'Changed'");
        // What is public can change more than once; each change has its own day and keeps its own lateness.
        builder.HasIndex(item => new { item.SubjectId, item.StartedAt }).IsUnique()
            .HasDatabaseName("ux_openness_items_change").HasFilter("kind = 'Changed'");
        builder.HasIndex(item => new { item.SiteId, item.DueAt, item.Id }).HasDatabaseName("ix_openness_items_site");
        builder.HasIndex(item => new { item.DueAt, item.Id })
            .HasDatabaseName("ix_openness_items_open").HasFilter("done_at is null");
    }
}
