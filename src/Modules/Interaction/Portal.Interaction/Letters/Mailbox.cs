using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Interaction.Letters;

/// <summary>
/// A mailbox of a site: of a leader, or of an office. Opinion art. 4: who receives, handles and answers is settled, and
/// somebody is named for it.
/// </summary>
internal sealed class Mailbox
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    /// <summary>Names it in addresses; unique on the site, never changed.</summary>
    public required string Key { get; init; }

    /// <summary>省长信箱</summary>
    public required string Name { get; set; }

    /// <summary>Whose it is: the leader's name and office, or what the office is responsible for.</summary>
    public string Holder { get; set; } = "";

    /// <summary>What may be written here, and what may not.</summary>
    public string Introduction { get; set; } = "";

    /// <summary>Who is responsible for its daily upkeep, as the public sees it (S-09).</summary>
    public string Keeper { get; set; } = "";

    public int Position { get; set; }

    /// <summary>Does it take letters?</summary>
    public bool IsOpen { get; set; } = true;

    public int Version { get; set; }
}

internal sealed class MailboxConfiguration : IEntityTypeConfiguration<Mailbox>
{
    public const string OneKey = "ux_mailboxes_key";

    public void Configure(EntityTypeBuilder<Mailbox> builder)
    {
        builder.ToTable("mailboxes");
        builder.HasKey(mailbox => mailbox.Id);
        builder.Property(mailbox => mailbox.Key).HasMaxLength(40);
        builder.Property(mailbox => mailbox.Name).HasMaxLength(60);
        builder.Property(mailbox => mailbox.Holder).HasMaxLength(100);
        builder.Property(mailbox => mailbox.Introduction).HasMaxLength(2000);
        builder.Property(mailbox => mailbox.Keeper).HasMaxLength(100);
        builder.Property(mailbox => mailbox.Version).IsConcurrencyToken();
        builder.HasIndex(mailbox => new { mailbox.SiteId, mailbox.Key }).IsUnique().HasDatabaseName(OneKey);
    }
}
