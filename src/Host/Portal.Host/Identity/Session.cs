using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Host.Identity;

/// <summary>A signed-in browser. The cookie holds a random key; only its hash is here.</summary>
internal sealed class Session
{
    /// <summary>Without use it ends after this long.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>However it is used, it ends after this long.</summary>
    public static readonly TimeSpan Absolute = TimeSpan.FromHours(12);

    public Guid Id { get; init; }

    public required byte[] KeyHash { get; init; }

    public Guid StaffId { get; init; }

    /// <summary>The account's security stamp at sign-in: a new password or a closed account ends the session.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>The site that the person works on in the console.</summary>
    public Guid? SiteId { get; set; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public Guid? EndedById { get; set; }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.Property(session => session.KeyHash).HasMaxLength(32);
        builder.Property(session => session.Address).HasMaxLength(45);
        builder.Property(session => session.UserAgent).HasMaxLength(300);
        builder.HasOne<Staff>().WithMany().HasForeignKey(session => session.StaffId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(session => session.KeyHash).IsUnique();
        builder.HasIndex(session => new { session.StaffId, session.LastSeenAt });
    }
}
