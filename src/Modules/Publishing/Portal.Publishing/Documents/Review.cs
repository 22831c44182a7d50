using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Publishing.Documents;

/// <summary>The three reviews of Opinion art. 12.</summary>
public enum ReviewStage
{
    /// <summary>初审, with the secrecy check 保密审查.</summary>
    First = 1,

    /// <summary>审核</summary>
    Second = 2,

    /// <summary>审发</summary>
    Release = 3,
}

/// <summary>What a reviewer decided.</summary>
public enum ReviewDecision
{
    /// <summary>同意</summary>
    Approved,

    /// <summary>退回</summary>
    Returned,
}

/// <summary>
/// One review of one content (谁审查谁负责). The row is never changed: the role may only insert, a trigger refuses the
/// rest. The database also refuses a reviewer who wrote the edition, a second stage by the same person, a stage out of
/// order and a hash that is not the edition's.
/// </summary>
internal sealed class Review
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid EditionId { get; init; }

    public required string ContentHash { get; init; }

    public ReviewStage Stage { get; init; }

    public ReviewDecision Decision { get; init; }

    public Guid PersonId { get; init; }

    public required string PersonName { get; init; }

    public required string Unit { get; init; }

    public required string Opinion { get; init; }

    /// <summary>保密审查: the first reviewer confirms that nothing secret, private or confidential is in it (G-40).</summary>
    public bool SecrecyChecked { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>Publication without the three reviews: who, why, what. It stays flagged until a second look is recorded.</summary>
internal sealed class EmergencyPublication
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid EditionId { get; init; }

    public required string ContentHash { get; init; }

    public Guid PersonId { get; init; }

    public required string PersonName { get; init; }

    public required string Unit { get; init; }

    public required string Reason { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>Somebody else's look at an emergency publication, afterwards.</summary>
internal sealed class SecondLook
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid EmergencyPublicationId { get; init; }

    public Guid PersonId { get; init; }

    public required string PersonName { get; init; }

    public required string Unit { get; init; }

    public required string Opinion { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class ReviewConfiguration : IEntityTypeConfiguration<Review>
{
    public const string OnePerStage = "ux_reviews_stage";
    public const string OnePerPerson = "ux_reviews_person";

    public void Configure(EntityTypeBuilder<Review> builder)
    {
        builder.ToTable("reviews");
        builder.HasKey(review => review.Id);
        builder.Property(review => review.Decision).HasConversion<string>().HasMaxLength(16);
        builder.Property(review => review.Opinion).HasMaxLength(1000);
        builder.HasIndex(review => new { review.EditionId, review.ContentHash, review.Stage }, OnePerStage)
            .HasDatabaseName(OnePerStage).IsUnique().HasFilter("decision = 'Approved'");
        builder.HasIndex(review => new { review.EditionId, review.ContentHash, review.PersonId }, OnePerPerson)
            .HasDatabaseName(OnePerPerson).IsUnique().HasFilter("decision = 'Approved'");
        builder.HasOne<Edition>().WithMany().HasForeignKey(review => review.EditionId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class EmergencyPublicationConfiguration : IEntityTypeConfiguration<EmergencyPublication>
{
    public void Configure(EntityTypeBuilder<EmergencyPublication> builder)
    {
        builder.ToTable("emergency_publications");
        builder.HasKey(publication => publication.Id);
        builder.Property(publication => publication.Reason).HasMaxLength(1000);
        builder.HasIndex(publication => publication.EditionId).IsUnique();
        builder.HasOne<Edition>().WithMany().HasForeignKey(row => row.EditionId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SecondLookConfiguration : IEntityTypeConfiguration<SecondLook>
{
    public const string OnlyOne = "ix_second_looks_emergency_publication_id";

    public void Configure(EntityTypeBuilder<SecondLook> builder)
    {
        builder.ToTable("second_looks");
        builder.HasKey(look => look.Id);
        builder.Property(look => look.Opinion).HasMaxLength(1000);
        builder.HasIndex(look => look.EmergencyPublicationId, OnlyOne).IsUnique();
        builder.HasOne<EmergencyPublication>().WithMany()
            .HasForeignKey(look => look.EmergencyPublicationId).OnDelete(DeleteBehavior.Restrict);
    }
}
