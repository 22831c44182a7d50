using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Host.Sites;
using Portal.Shared.Actors;

namespace Portal.Host.Identity;

/// <summary>A role given on a site subtree or a channel subtree: never changed, never deleted.</summary>
internal sealed class StaffGrant
{
    public Guid Id { get; init; }

    public Guid StaffId { get; init; }

    public Role Role { get; init; }

    public Guid SiteId { get; init; }

    public Guid? ChannelId { get; init; }

    /// <summary>The channel's name when it was granted, for the registers.</summary>
    public string? ChannelName { get; init; }

    public required string Reason { get; init; }

    public Guid? GrantedById { get; init; }

    public DateTimeOffset GrantedAt { get; init; }

    public StaffGrantRevocation? Revocation { get; init; }
}

/// <summary>The end of a grant.</summary>
internal sealed class StaffGrantRevocation
{
    public Guid GrantId { get; init; }

    public required string Reason { get; init; }

    public Guid? RevokedById { get; init; }

    public DateTimeOffset RevokedAt { get; init; }
}

internal sealed class StaffGrantConfiguration : IEntityTypeConfiguration<StaffGrant>
{
    public void Configure(EntityTypeBuilder<StaffGrant> builder)
    {
        builder.ToTable("staff_grants");
        builder.Property(grant => grant.Role).HasConversion<string>().HasMaxLength(20);
        builder.Property(grant => grant.ChannelName).HasMaxLength(60);
        builder.Property(grant => grant.Reason).HasMaxLength(500);
        builder.HasOne<Staff>().WithMany().HasForeignKey(grant => grant.StaffId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Site>().WithMany().HasForeignKey(grant => grant.SiteId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(grant => grant.Revocation).WithOne()
            .HasForeignKey<StaffGrantRevocation>(revocation => revocation.GrantId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(grant => grant.StaffId);
        builder.HasIndex(grant => grant.SiteId);
    }
}

internal sealed class StaffGrantRevocationConfiguration : IEntityTypeConfiguration<StaffGrantRevocation>
{
    public void Configure(EntityTypeBuilder<StaffGrantRevocation> builder)
    {
        builder.ToTable("staff_grant_revocations");
        builder.HasKey(revocation => revocation.GrantId);
        builder.Property(revocation => revocation.Reason).HasMaxLength(500);
    }
}
