using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Interaction.Letters;

/// <summary>What a letter wants; each kind has its time limits (<see cref="LetterLimits"/>).</summary>
public enum LetterKind
{
    /// <summary>建议</summary>
    Suggestion,

    /// <summary>咨询</summary>
    Inquiry,

    /// <summary>投诉</summary>
    Complaint,

    /// <summary>举报</summary>
    Report,

    /// <summary>感谢</summary>
    Thanks,
}

/// <summary>How a letter came in.</summary>
public enum LetterChannel
{
    /// <summary>The form of the site.</summary>
    Online,

    /// <summary>Told to staff on the telephone.</summary>
    Phone,

    /// <summary>On paper.</summary>
    Paper,

    /// <summary>Asked in a live interview that had no time for it.</summary>
    Interview,
}

/// <summary>
/// A letter to a mailbox. The row says what kind it is and where it stands, never who wrote it or what: that lies sealed in
/// its papers under a key of its own. State, due date and closing are a cache of the events.
/// </summary>
internal sealed class Letter
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    public Guid MailboxId { get; init; }

    /// <summary><see cref="LetterNumber"/>; unique in the province, never changed or reused.</summary>
    public required string Number { get; init; }

    /// <summary>Identity of the form, so that a second click makes no second letter.</summary>
    public Guid FormId { get; init; }

    /// <summary>Keyed hash of the follow-up code; the code itself is kept nowhere.</summary>
    public required string CodeHash { get; init; }

    /// <summary>Keyed hash of title and text: finds the same letter sent again.</summary>
    public required string ContentHash { get; init; }

    public LetterChannel Channel { get; init; }

    public LetterKind Kind { get; set; }

    /// <summary>The title as <see cref="WriterMask"/> shows it to who knows the writer; for the lists of staff. Empty once erased.</summary>
    public required string Subject { get; set; }

    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Hash of the letter as it was taken: what the receipt shows and the trail seals.</summary>
    public required string TextHash { get; init; }

    /// <summary>Does the writer allow the letter to be published? They may think again as long as they have the code.</summary>
    public bool MayPublish { get; set; }

    /// <summary>What made the letter suspect when it came; it is read by a person all the same.</summary>
    public string? Suspicion { get; init; }

    /// <summary>The data key of the papers, wrapped; null once the personal data is erased.</summary>
    public string? SealedKey { get; set; }

    public DateTimeOffset? ErasedAt { get; set; }

    public LetterState State { get; set; }

    /// <summary>The unit that answers 主办, as a site, and its name then.</summary>
    public Guid? LeadSiteId { get; set; }

    public string? LeadName { get; set; }

    public Guid? HandlerId { get; set; }

    public string? HandlerName { get; set; }

    /// <summary>The letter this one was joined to.</summary>
    public Guid? MergedInto { get; set; }

    /// <summary>The last day as it was last read, and with which calendar; null while the clock stands or has ended.</summary>
    public DateOnly? DueOn { get; set; }

    public string? CalendarVersion { get; set; }

    public DateOnly? AcceptedOn { get; set; }

    public DateOnly? RepliedOn { get; set; }

    public DateOnly? ClosedOn { get; set; }

    /// <summary>Working days to the first reply, without those on which the clock stood; null until there is one.</summary>
    public int? Workdays { get; set; }

    /// <summary>Did every reply that was owed come in time? Null until there is one.</summary>
    public bool? OnTime { get; set; }

    /// <summary>An extension that waits for the head.</summary>
    public bool AwaitsHead { get; set; }

    /// <summary>1 to 5, by the writer.</summary>
    public int? Rating { get; set; }

    public int Version { get; set; }
}

internal sealed class LetterConfiguration : IEntityTypeConfiguration<Letter>
{
    public const string OneNumber = "ux_letters_number";
    public const string OneForm = "ux_letters_form";

    public void Configure(EntityTypeBuilder<Letter> builder)
    {
        builder.ToTable("letters", table =>
        {
            table.HasCheckConstraint("ck_letters_rating", "rating between 1 and 5");
            table.HasCheckConstraint("ck_letters_merged", "(state = 'Merged') = (merged_into is not null)");
        });
        builder.HasKey(letter => letter.Id);
        builder.HasOne<Mailbox>().WithMany().HasForeignKey(letter => letter.MailboxId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Letter>().WithMany().HasForeignKey(letter => letter.MergedInto).OnDelete(DeleteBehavior.Restrict);
        builder.Property(letter => letter.Number).HasMaxLength(30);
        builder.Property(letter => letter.CodeHash).HasMaxLength(64);
        builder.Property(letter => letter.ContentHash).HasMaxLength(64);
        builder.Property(letter => letter.Channel).HasConversion<string>().HasMaxLength(16);
        builder.Property(letter => letter.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(letter => letter.Subject).HasMaxLength(200);
        builder.Property(letter => letter.TextHash).HasMaxLength(64);
        builder.Property(letter => letter.Suspicion).HasMaxLength(60);
        builder.Property(letter => letter.SealedKey).HasMaxLength(1000);
        builder.Property(letter => letter.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(letter => letter.LeadName).HasMaxLength(100);
        builder.Property(letter => letter.HandlerName).HasMaxLength(60);
        builder.Property(letter => letter.CalendarVersion).HasMaxLength(60);
        builder.Property(letter => letter.Version).IsConcurrencyToken();
        builder.HasIndex(letter => letter.Number).IsUnique().HasDatabaseName(OneNumber);
        builder.HasIndex(letter => letter.FormId).IsUnique().HasDatabaseName(OneForm);
        builder.HasIndex(letter => new { letter.SiteId, letter.SubmittedAt, letter.Id }).HasDatabaseName("ix_letters_newest");
        // Lists over many sites walk back in time; what is open is a few thousand among all that ever came.
        builder.HasIndex(letter => new { letter.SubmittedAt, letter.Id }).HasDatabaseName("ix_letters_submitted");
        builder.HasIndex(letter => new { letter.SiteId, letter.State })
            .HasDatabaseName("ix_letters_unclosed").HasFilter("closed_on is null");
        builder.HasIndex(letter => new { letter.SiteId, letter.DueOn, letter.Id })
            .HasDatabaseName("ix_letters_due").HasFilter("due_on is not null");
        builder.HasIndex(letter => new { letter.LeadSiteId, letter.DueOn, letter.Id })
            .HasDatabaseName("ix_letters_lead").HasFilter("lead_site_id is not null");
        builder.HasIndex(letter => new { letter.SiteId, letter.ContentHash }).HasDatabaseName("ix_letters_content");
        builder.HasIndex(letter => letter.HandlerId)
            .HasDatabaseName("ix_letters_handler").HasFilter("closed_on is null and handler_id is not null");
    }
}
