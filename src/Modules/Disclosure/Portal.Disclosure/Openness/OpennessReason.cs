using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Disclosure.Openness;

/// <summary>Why something was late, in the words of a responsible person. Never changed: another one may follow.</summary>
internal sealed class OpennessReason
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid ItemId { get; init; }

    public required string Reason { get; init; }

    public Guid PersonId { get; init; }

    public required string PersonName { get; init; }

    public required string Unit { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class OpennessReasonConfiguration : IEntityTypeConfiguration<OpennessReason>
{
    public void Configure(EntityTypeBuilder<OpennessReason> builder)
    {
        builder.ToTable("openness_reasons");
        builder.HasKey(reason => reason.Id);
        builder.Property(reason => reason.Reason).HasMaxLength(500);
        builder.Property(reason => reason.PersonName).HasMaxLength(60);
        builder.Property(reason => reason.Unit).HasMaxLength(100);
        builder.HasIndex(reason => new { reason.ItemId, reason.At }).HasDatabaseName("ix_openness_reasons_item");
    }
}
