using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Host.Organisations;

namespace Portal.Host.Identity;

internal sealed class Staff : IdentityUser<Guid>
{
    public required string Name { get; set; }

    public required Guid OrganisationId { get; set; }

    public string? Title { get; set; }

    /// <summary>The TOTP secret, protected with the host's keys; null until the person starts to enrol.</summary>
    public string? TotpSecret { get; set; }

    /// <summary>When a first code proved that the person holds the secret.</summary>
    public DateTimeOffset? TotpEnrolledAt { get; set; }

    /// <summary>The last time step whose code was used; that code and older ones are refused.</summary>
    public long TotpLastStep { get; set; }

    /// <summary>Since when the account is closed; follows <see cref="StaffStatusChange"/>.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>Changes with every grant and revocation, so that cached grants are dropped at once.</summary>
    public Guid GrantsVersion { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>True while the password is one that somebody else chose.</summary>
    public bool MustChangePassword { get; set; }
}

/// <summary>An account was closed or opened again: never changed, never deleted.</summary>
internal sealed class StaffStatusChange
{
    public Guid Id { get; init; }

    public Guid StaffId { get; init; }

    public bool Disabled { get; init; }

    public required string Reason { get; init; }

    public Guid? ActorId { get; init; }

    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class StaffConfiguration : IEntityTypeConfiguration<Staff>
{
    public const string UserNameIndex = "ux_staff_user_name";

    public void Configure(EntityTypeBuilder<Staff> builder)
    {
        builder.ToTable("staff");
        builder.HasKey(staff => staff.Id);
        builder.Ignore(staff => staff.Email);
        builder.Ignore(staff => staff.NormalizedEmail);
        builder.Ignore(staff => staff.EmailConfirmed);
        builder.Ignore(staff => staff.PhoneNumber);
        builder.Ignore(staff => staff.PhoneNumberConfirmed);
        builder.Ignore(staff => staff.TwoFactorEnabled);
        builder.Property(staff => staff.UserName).HasMaxLength(60).IsRequired();
        builder.Property(staff => staff.NormalizedUserName).HasMaxLength(60).IsRequired();
        builder.Property(staff => staff.Name).HasMaxLength(60);
        builder.Property(staff => staff.Title).HasMaxLength(100);
        builder.Property(staff => staff.ConcurrencyStamp).IsConcurrencyToken();
        builder.HasOne<Organisation>().WithMany().HasForeignKey(staff => staff.OrganisationId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(staff => staff.NormalizedUserName).IsUnique().HasDatabaseName(UserNameIndex);
        builder.HasIndex(staff => staff.OrganisationId);
    }
}

internal sealed class StaffStatusChangeConfiguration : IEntityTypeConfiguration<StaffStatusChange>
{
    public void Configure(EntityTypeBuilder<StaffStatusChange> builder)
    {
        builder.ToTable("staff_status_changes");
        builder.Property(change => change.Reason).HasMaxLength(500);
        builder.HasOne<Staff>().WithMany().HasForeignKey(change => change.StaffId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(change => new { change.StaffId, change.ChangedAt });
    }
}
