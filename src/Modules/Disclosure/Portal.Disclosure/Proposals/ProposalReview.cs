using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Disclosure.Proposals;

/// <summary>The three reviews (Opinion art. 12).</summary>
public enum ProposalStage
{
    /// <summary>初审, with the secrecy check.</summary>
    First,

    /// <summary>审核</summary>
    Second,

    /// <summary>审发</summary>
    Release,
}

/// <summary>What a reviewer decides.</summary>
public enum ProposalDecision
{
    /// <summary>同意</summary>
    Approved,

    /// <summary>退回</summary>
    Returned,
}

/// <summary>
/// A person's decision on a proposal as it was. Never changed; the database refuses one out of order, of other content, or
/// of somebody who worked on it or has reviewed it already.
/// </summary>
internal sealed class ProposalReview
{
    public Guid Id { get; init; }

    public Guid ProposalId { get; init; }

    public int Round { get; init; }

    public ProposalStage Stage { get; init; }

    public ProposalDecision Decision { get; init; }

    /// <summary>Hash of what the person saw.</summary>
    public required string ContentHash { get; init; }

    public Guid PersonId { get; init; }

    public required string PersonName { get; init; }

    public required string Unit { get; init; }

    public required string Opinion { get; init; }

    /// <summary>保密审查 done; stated with the first review.</summary>
    public bool SecrecyChecked { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class ProposalReviewConfiguration : IEntityTypeConfiguration<ProposalReview>
{
    public const string OnePersonOneStage = "ux_entry_proposal_reviews_person";
    public const string OneReview = "ux_entry_proposal_reviews_stage";

    public void Configure(EntityTypeBuilder<ProposalReview> builder)
    {
        builder.ToTable("entry_proposal_reviews");
        builder.HasKey(review => review.Id);
        builder.Property(review => review.Stage).HasConversion<string>().HasMaxLength(16);
        builder.Property(review => review.Decision).HasConversion<string>().HasMaxLength(16);
        builder.Property(review => review.ContentHash).HasMaxLength(64);
        builder.Property(review => review.PersonName).HasMaxLength(60);
        builder.Property(review => review.Unit).HasMaxLength(100);
        builder.Property(review => review.Opinion).HasMaxLength(500);
        builder.HasIndex(review => new { review.ProposalId, review.Round, review.PersonId }).IsUnique().HasDatabaseName(OnePersonOneStage);
        builder.HasIndex(review => new { review.ProposalId, review.Round, review.Stage }).IsUnique().HasDatabaseName(OneReview);
        builder.HasOne<EntryProposal>().WithMany().HasForeignKey(review => review.ProposalId).OnDelete(DeleteBehavior.Restrict);
    }
}
