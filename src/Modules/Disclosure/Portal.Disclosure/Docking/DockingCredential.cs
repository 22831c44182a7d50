using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Disclosure.Docking;

/// <summary>What a credential may be used for.</summary>
public enum CredentialDirection
{
    /// <summary>To read the change feed of a directory.</summary>
    Read,

    /// <summary>To deliver the unit's own records, and to read what was received of them.</summary>
    Write,
}

/// <summary>
/// A docking credential 对接凭证. The private key was shown once and is nowhere here; the public key that is kept proves a
/// signature and can make none.
/// </summary>
internal sealed class DockingCredential
{
    public Guid Id { get; init; }

    public Guid SourceId { get; init; }

    /// <summary>Names it in requests.</summary>
    public required string KeyId { get; init; }

    public CredentialDirection Direction { get; init; }

    public Guid DirectoryId { get; init; }

    /// <summary>ECDSA P-256, SubjectPublicKeyInfo.</summary>
    public required byte[] PublicKey { get; init; }

    public DateTimeOffset IssuedAt { get; init; }

    public required string IssuedBy { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    public string? RevokedBy { get; set; }
}

internal sealed class DockingCredentialConfiguration : IEntityTypeConfiguration<DockingCredential>
{
    public void Configure(EntityTypeBuilder<DockingCredential> builder)
    {
        builder.ToTable("docking_credentials");
        builder.HasKey(credential => credential.Id);
        builder.Property(credential => credential.KeyId).HasMaxLength(40);
        builder.Property(credential => credential.Direction).HasConversion<string>().HasMaxLength(16);
        builder.Property(credential => credential.IssuedBy).HasMaxLength(100);
        builder.Property(credential => credential.RevokedBy).HasMaxLength(100);
        builder.HasIndex(credential => credential.KeyId).IsUnique().HasDatabaseName("ux_docking_credentials_key");
        builder.HasIndex(credential => credential.SourceId).HasDatabaseName("ix_docking_credentials_source");
        builder.HasOne<DockedSource>().WithMany().HasForeignKey(credential => credential.SourceId)
            .OnDelete(DeleteBehavior.Restrict);
    }
}
