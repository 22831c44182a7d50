using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Data;

namespace Portal.Interaction.ErrorReports;

/// <summary>A step of a report: what happened, and by whom. Only ever added; it names nobody of the public.</summary>
internal sealed class ErrorReportEvent
{
    public Guid Id { get; init; }

    public Guid ReportId { get; init; }

    /// <summary>Its place, from 1.</summary>
    public int Sequence { get; init; }

    public ErrorTrigger Trigger { get; init; }

    /// <summary>The state after it.</summary>
    public ErrorState State { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Who; null for the reporter and the platform.</summary>
    public Guid? ActorId { get; init; }

    public string? ActorName { get; init; }

    public string? ActorUnit { get; init; }

    /// <summary>A remark for the file, numbers of persons masked.</summary>
    public string? Note { get; init; }

    /// <summary>Few and short: unit, result, edition, number of another report.</summary>
    public SortedDictionary<string, string> Facts { get; init; } = new(StringComparer.Ordinal);
}

internal sealed class ErrorReportEventConfiguration : IEntityTypeConfiguration<ErrorReportEvent>
{
    public const string OneSequence = "ux_error_report_events_sequence";

    public void Configure(EntityTypeBuilder<ErrorReportEvent> builder)
    {
        builder.ToTable("error_report_events");
        builder.HasKey(row => row.Id);
        builder.HasOne<ErrorReport>().WithMany().HasForeignKey(row => row.ReportId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(row => row.Trigger).HasConversion<string>().HasMaxLength(24);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.ActorName).HasMaxLength(60);
        builder.Property(row => row.ActorUnit).HasMaxLength(100);
        builder.Property(row => row.Note).HasMaxLength(1000);
        builder.Property(row => row.Facts).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<SortedDictionary<string, string>>(),
            JsonColumn.Comparer<SortedDictionary<string, string>>());
        builder.HasIndex(row => new { row.ReportId, row.Sequence }).IsUnique().HasDatabaseName(OneSequence);
    }
}
