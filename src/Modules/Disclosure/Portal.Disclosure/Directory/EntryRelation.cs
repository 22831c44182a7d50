using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Disclosure.Directory;

/// <summary>
/// A relation that an entry states, kept beside its metadata so that it is found from the other side too. The other
/// document is known by the key of its number, whether the directory has it yet or not.
/// </summary>
internal sealed class EntryRelation
{
    public Guid EntryId { get; init; }

    public RelationKind Kind { get; init; }

    /// <summary>文号 or index number as written.</summary>
    public required string Other { get; init; }

    /// <summary>The key of that number.</summary>
    public required string OtherKey { get; init; }

    public DateOnly? EffectiveOn { get; init; }
}

internal sealed class EntryRelationConfiguration : IEntityTypeConfiguration<EntryRelation>
{
    public void Configure(EntityTypeBuilder<EntryRelation> builder)
    {
        builder.ToTable("entry_relations");
        builder.HasKey(relation => new { relation.EntryId, relation.Kind, relation.OtherKey });
        builder.Property(relation => relation.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(relation => relation.Other).HasMaxLength(100);
        builder.Property(relation => relation.OtherKey).HasMaxLength(100);
        builder.HasIndex(relation => relation.OtherKey).HasDatabaseName("ix_entry_relations_other");
        builder.HasOne<DirectoryEntry>().WithMany().HasForeignKey(relation => relation.EntryId)
            .OnDelete(DeleteBehavior.Restrict);
    }
}
