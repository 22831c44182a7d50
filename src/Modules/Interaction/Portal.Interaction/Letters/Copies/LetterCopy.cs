using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Shared.Data;

namespace Portal.Interaction.Letters.Copies;

/// <summary>Where a copy stands.</summary>
public enum CopyState
{
    /// <summary>待审签: the masks are confirmed, somebody else has to release it.</summary>
    Proposed,

    /// <summary>已退回</summary>
    Returned,

    /// <summary>已公开</summary>
    Published,

    /// <summary>已更新: a later version took its place.</summary>
    Replaced,

    /// <summary>已撤下</summary>
    Withdrawn,
}

/// <summary>
/// The public version of an answered letter (study B5, G-31): a copy of its own, made of masked words. It holds nothing of
/// the writer and outlives the letter's key. Words, hash and proposer never change; a new version is a new row.
/// </summary>
internal sealed class LetterCopy
{
    public Guid Id { get; init; }

    public Guid LetterId { get; init; }

    public Guid SiteId { get; init; }

    /// <summary>From 1.</summary>
    public int Version { get; init; }

    public CopyState State { get; set; }

    /// <summary>The letter's number: the public address.</summary>
    public required string Number { get; init; }

    public Guid MailboxId { get; init; }

    public LetterKind Kind { get; init; }

    /// <summary>The unit that answered, as its site, and its name then.</summary>
    public Guid UnitSiteId { get; init; }

    public required string UnitName { get; init; }

    public DateOnly ReceivedOn { get; init; }

    public DateOnly? AcceptedOn { get; init; }

    public DateOnly RepliedOn { get; init; }

    /// <summary>Working days from the letter to its first reply.</summary>
    public int Workdays { get; init; }

    public ReplyOutcome Outcome { get; init; }

    public required MaskedText Title { get; init; }

    /// <summary>SHA-256 over everything that becomes public: what is released is what was proposed.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The last reply in it.</summary>
    public Guid ReplyPaperId { get; init; }

    public List<KeptMask> Masks { get; init; } = [];

    public Guid ProposedBy { get; init; }

    public required string ProposedByName { get; init; }

    public DateTimeOffset ProposedAt { get; init; }

    public string? DecidedByName { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Why it was returned or taken down; the latter is public.</summary>
    public string? Reason { get; set; }

    /// <summary>
    /// Grams of what is public, and tags. On its way in only: a trigger turns it into the column search_vector, which the
    /// model does not know because nothing but search reads it.
    /// </summary>
    public string[]? Grams { get; set; }

    public int RowVersion { get; set; }
}

/// <summary>A part of a copy.</summary>
internal sealed class LetterCopyPart
{
    public Guid CopyId { get; init; }

    public int Position { get; init; }

    public CopyPartKind Kind { get; init; }

    public DateOnly Day { get; init; }

    public required MaskedText Text { get; init; }

    public ReplyOutcome? Outcome { get; init; }
}

internal sealed class LetterCopyConfiguration : IEntityTypeConfiguration<LetterCopy>
{
    public const string OneVersion = "ux_letter_copies_version";
    public const string OneProposed = "ux_letter_copies_proposed";
    public const string OnePublished = "ux_letter_copies_published";

    public void Configure(EntityTypeBuilder<LetterCopy> builder)
    {
        builder.ToTable("letter_copies");
        builder.HasKey(copy => copy.Id);
        builder.HasOne<Letter>().WithMany().HasForeignKey(copy => copy.LetterId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(copy => copy.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(copy => copy.Number).HasMaxLength(30);
        builder.Property(copy => copy.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(copy => copy.UnitName).HasMaxLength(100);
        builder.Property(copy => copy.Outcome).HasConversion<string>().HasMaxLength(16);
        builder.Property(copy => copy.Title).HasConversion<MaskedText.Column>();
        builder.Property(copy => copy.ContentHash).HasMaxLength(64);
        builder.Property(copy => copy.Masks).HasColumnType("jsonb")
            .HasConversion(JsonColumn.Converter<List<KeptMask>>(), JsonColumn.Comparer<List<KeptMask>>());
        builder.Property(copy => copy.ProposedByName).HasMaxLength(60);
        builder.Property(copy => copy.DecidedByName).HasMaxLength(60);
        builder.Property(copy => copy.Reason).HasMaxLength(500);
        builder.Property(copy => copy.RowVersion).IsConcurrencyToken();
        builder.HasIndex(copy => new { copy.LetterId, copy.Version }).IsUnique().HasDatabaseName(OneVersion);
        builder.HasIndex(copy => copy.LetterId).IsUnique().HasDatabaseName(OneProposed).HasFilter("state = 'Proposed'");
        builder.HasIndex(copy => copy.LetterId, "published").IsUnique().HasDatabaseName(OnePublished).HasFilter("state = 'Published'");
        builder.HasIndex(copy => new { copy.SiteId, copy.Number, copy.Version }).HasDatabaseName("ix_letter_copies_number");
        // One order for the list and for each way to narrow it.
        builder.HasIndex(copy => new { copy.SiteId, copy.RepliedOn, copy.Id })
            .HasDatabaseName("ix_letter_copies_newest").HasFilter("state = 'Published'");
        builder.HasIndex(copy => new { copy.SiteId, copy.MailboxId, copy.RepliedOn, copy.Id })
            .HasDatabaseName("ix_letter_copies_mailbox").HasFilter("state = 'Published'");
        builder.HasIndex(copy => new { copy.SiteId, copy.Kind, copy.RepliedOn, copy.Id })
            .HasDatabaseName("ix_letter_copies_kind").HasFilter("state = 'Published'");
        builder.HasIndex(copy => new { copy.SiteId, copy.UnitSiteId, copy.RepliedOn, copy.Id })
            .HasDatabaseName("ix_letter_copies_unit").HasFilter("state = 'Published'");
    }
}

internal sealed class LetterCopyPartConfiguration : IEntityTypeConfiguration<LetterCopyPart>
{
    public void Configure(EntityTypeBuilder<LetterCopyPart> builder)
    {
        builder.ToTable("letter_copy_parts");
        builder.HasKey(part => new { part.CopyId, part.Position });
        builder.HasOne<LetterCopy>().WithMany().HasForeignKey(part => part.CopyId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(part => part.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(part => part.Text).HasConversion<MaskedText.Column>();
        builder.Property(part => part.Outcome).HasConversion<string>().HasMaxLength(16);
    }
}
