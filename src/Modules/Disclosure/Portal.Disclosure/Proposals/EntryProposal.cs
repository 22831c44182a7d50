using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Disclosure.Directory;
using Portal.Shared.Data;
using Portal.Shared.Messaging;

namespace Portal.Disclosure.Proposals;

/// <summary>What a proposal would do.</summary>
public enum ProposalKind
{
    /// <summary>录入: an entry is made.</summary>
    Enter,

    /// <summary>修改: an entry that was entered changes.</summary>
    Change,

    /// <summary>重新列入: a withdrawn entry comes back.</summary>
    Relist,
}

/// <summary>Where a proposal is on its way.</summary>
public enum ProposalState
{
    /// <summary>待初审</summary>
    AwaitingFirstReview,

    /// <summary>待审核</summary>
    AwaitingSecondReview,

    /// <summary>待审发</summary>
    AwaitingRelease,

    /// <summary>已退回</summary>
    Returned,

    /// <summary>已审发: the directory has it.</summary>
    Released,

    /// <summary>已撤销: whoever proposed it has taken it back.</summary>
    Dropped,
}

/// <summary>What is to become of the directory; every review signs its hash.</summary>
internal sealed record ProposalContent
{
    public required ProposalKind Kind { get; init; }

    public required Guid SiteId { get; init; }

    /// <summary>The entry that is to change; none yet where one is to be made.</summary>
    public Guid? EntryId { get; init; }

    /// <summary>The version of that entry from which the proposal was made.</summary>
    public int BaseVersion { get; init; }

    public required EntryMetadata Values { get; init; }

    public required SortedDictionary<string, string> CodeVersions { get; init; }

    public string Body { get; init; } = "";

    /// <summary>A number that it has already; empty: one is allotted on release.</summary>
    public string IndexNumber { get; init; } = "";

    /// <summary>Why a withdrawn entry is to come back.</summary>
    public string Reason { get; init; } = "";

    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, MessageJson.Options))));
}

/// <summary>
/// Information on its way into the directory without being a document of the website. Nothing of it is public before three
/// people, none of whom has worked on it, have agreed (Opinion art. 12, S-17); until then the public keeps what was
/// reviewed before.
/// </summary>
internal sealed class EntryProposal
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public ProposalKind Kind { get; init; }

    /// <summary>The entry; of a new one, once it was released.</summary>
    public Guid? EntryId { get; set; }

    public required string Title { get; set; }

    public required ProposalContent Content { get; set; }

    public required string ContentHash { get; set; }

    public ProposalState State { get; set; }

    /// <summary>Everybody who has worked on it; none of them reviews it.</summary>
    public Guid[] Contributors { get; set; } = [];

    /// <summary>Who submitted it last.</summary>
    public required string AuthorName { get; set; }

    public required string AuthorUnit { get; set; }

    /// <summary>Grows with every submission: reviews of an earlier one do not count.</summary>
    public int Round { get; set; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset SubmittedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Grows with every step; a writer names the one it read.</summary>
    public int Version { get; set; } = 1;

    public bool IsOpen => State is not (ProposalState.Released or ProposalState.Dropped);

    /// <summary>The stage that it waits for.</summary>
    public ProposalStage? Stage => StageOf(State);

    public static ProposalStage? StageOf(ProposalState state) => state switch
    {
        ProposalState.AwaitingFirstReview => ProposalStage.First,
        ProposalState.AwaitingSecondReview => ProposalStage.Second,
        ProposalState.AwaitingRelease => ProposalStage.Release,
        _ => null,
    };
}

internal sealed class EntryProposalConfiguration : IEntityTypeConfiguration<EntryProposal>
{
    public const string OneAtATime = "ux_entry_proposals_entry";

    public void Configure(EntityTypeBuilder<EntryProposal> builder)
    {
        builder.ToTable("entry_proposals");
        builder.HasKey(proposal => proposal.Id);
        builder.Ignore(proposal => proposal.IsOpen);
        builder.Ignore(proposal => proposal.Stage);
        builder.Property(proposal => proposal.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(proposal => proposal.State).HasConversion<string>().HasMaxLength(24);
        builder.Property(proposal => proposal.Title).HasMaxLength(200);
        builder.Property(proposal => proposal.Content).HasColumnType("jsonb").HasConversion(
            JsonColumn.Converter<ProposalContent>(), JsonColumn.Comparer<ProposalContent>());
        builder.Property(proposal => proposal.ContentHash).HasMaxLength(64);
        builder.Property(proposal => proposal.AuthorName).HasMaxLength(60);
        builder.Property(proposal => proposal.AuthorUnit).HasMaxLength(100);
        builder.Property(proposal => proposal.Version).IsConcurrencyToken();
        builder.HasOne<DirectoryEntry>().WithMany().HasForeignKey(proposal => proposal.EntryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(proposal => proposal.EntryId).IsUnique().HasDatabaseName(OneAtATime)
            .HasFilter("entry_id is not null and state not in ('Released', 'Dropped')");
        builder.HasIndex(proposal => new { proposal.SiteId, proposal.SubmittedAt }).HasDatabaseName("ix_entry_proposals_site");
        builder.HasIndex(proposal => new { proposal.State, proposal.SubmittedAt }).HasDatabaseName("ix_entry_proposals_waiting")
            .HasFilter("state like 'Awaiting%'");
    }
}
