using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Audit.Trail;

/// <summary>
/// The hash of a complete subtree above the leaves. It never changes once its leaves are there, so a proof reads
/// O(log n) rows however large the trail is.
/// </summary>
internal sealed class TreeNode
{
    public int Level { get; init; }

    public long Index { get; init; }

    public required byte[] Hash { get; init; }
}

internal sealed class TreeNodeConfiguration : IEntityTypeConfiguration<TreeNode>
{
    public void Configure(EntityTypeBuilder<TreeNode> builder)
    {
        builder.ToTable("tree_nodes");
        builder.HasKey(node => new { node.Level, node.Index });
        builder.Property(node => node.Level).ValueGeneratedNever();
        builder.Property(node => node.Index).ValueGeneratedNever();
    }
}
