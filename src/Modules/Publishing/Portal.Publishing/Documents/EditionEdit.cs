using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Publishing.Documents;

/// <summary>
/// A person's work on an edition: when it last went to the trail (not every autosave does), and when it was last seen,
/// so that two people on one edition learn of each other before they collide.
/// </summary>
internal sealed class EditionEdit
{
    public Guid EditionId { get; init; }

    public Guid PersonId { get; init; }

    public Guid SiteId { get; init; }

    public required string PersonName { get; init; }

    public DateTimeOffset RecordedAt { get; set; }

    public DateTimeOffset LastSavedAt { get; set; }
}

internal sealed class EditionEditConfiguration : IEntityTypeConfiguration<EditionEdit>
{
    /// <summary>Name of the primary key: one row a person and edition.</summary>
    public const string OneEach = "pk_edition_edits";

    public void Configure(EntityTypeBuilder<EditionEdit> builder)
    {
        builder.ToTable("edition_edits");
        builder.HasKey(edit => new { edit.EditionId, edit.PersonId });
        builder.Property(edit => edit.PersonName).HasMaxLength(100);
        builder.HasOne<Edition>().WithMany().HasForeignKey(edit => edit.EditionId).OnDelete(DeleteBehavior.Restrict);
    }
}
