using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Host.Sites;

namespace Portal.Host.Administration;

/// <summary>
/// A value set on a site, for it and everything below it: on the provincial portal it is the province's, on a city's
/// portal the city's.
/// </summary>
internal sealed class SettingValue
{
    public Guid SiteId { get; init; }

    /// <summary>Settings type and property: <c>PublishingSettings.MaximumAttachmentSize</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The value as JSON.</summary>
    public required string Value { get; set; }
}

/// <summary>A setting was changed: never changed, never deleted.</summary>
internal sealed class SettingChange
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public required string Name { get; init; }

    /// <summary>The value before as JSON; null when this site set none.</summary>
    public string? OldValue { get; init; }

    /// <summary>The value after as JSON; null when the site inherits again.</summary>
    public string? NewValue { get; init; }

    public required string Reason { get; init; }

    public Guid ActorId { get; init; }

    public required string ActorName { get; init; }

    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class SettingValueConfiguration : IEntityTypeConfiguration<SettingValue>
{
    public void Configure(EntityTypeBuilder<SettingValue> builder)
    {
        builder.ToTable("setting_values");
        builder.HasKey(value => new { value.SiteId, value.Name });
        builder.Property(value => value.Name).HasMaxLength(120);
        builder.Property(value => value.Value).HasColumnType("jsonb");
        builder.HasOne<Site>().WithMany().HasForeignKey(value => value.SiteId);
    }
}

internal sealed class SettingChangeConfiguration : IEntityTypeConfiguration<SettingChange>
{
    public void Configure(EntityTypeBuilder<SettingChange> builder)
    {
        builder.ToTable("setting_changes");
        builder.Property(change => change.Name).HasMaxLength(120);
        builder.Property(change => change.OldValue).HasColumnType("jsonb");
        builder.Property(change => change.NewValue).HasColumnType("jsonb");
        builder.Property(change => change.Reason).HasMaxLength(500);
        builder.Property(change => change.ActorName).HasMaxLength(60);
        builder.HasOne<Site>().WithMany().HasForeignKey(change => change.SiteId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(change => new { change.SiteId, change.ChangedAt });
    }
}
