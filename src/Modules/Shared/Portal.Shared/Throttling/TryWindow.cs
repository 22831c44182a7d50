using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Shared.Throttling;

/// <summary>How often something was tried within one window.</summary>
public sealed class TryWindow
{
    /// <summary>What was tried, and a hash of who or what it was tried with.</summary>
    public required string Bucket { get; init; }

    /// <summary>When the window began (UTC).</summary>
    public DateTimeOffset StartsAt { get; init; }

    /// <summary>Tries so far, the refused ones too.</summary>
    public int Tries { get; init; }
}

/// <summary>Gives a module that limits tries its table of them: derive from it in the module.</summary>
/// <param name="table">Its name in the module's schema.</param>
public abstract class TryWindowConfiguration(string table) : IEntityTypeConfiguration<TryWindow>
{
    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<TryWindow> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // Counts of minutes need not outlive a crash of the server: they are not worth a line of its log.
        builder.ToTable(table).IsUnlogged();
        builder.HasKey(window => new { window.Bucket, window.StartsAt });
        builder.HasIndex(window => window.StartsAt).HasDatabaseName($"ix_{table}_starts_at");
        builder.Property(window => window.Bucket).HasMaxLength(80);
    }
}
