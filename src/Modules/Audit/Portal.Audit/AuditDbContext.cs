using Microsoft.EntityFrameworkCore;
using Portal.Audit.Trail;
using Portal.Shared.Data;

namespace Portal.Audit;

internal sealed class AuditDbContext(DbContextOptions<AuditDbContext> options) : ModuleDbContext(options, "audit")
{
    public DbSet<Entry> Entries => Set<Entry>();

    public DbSet<TreeNode> TreeNodes => Set<TreeNode>();

    public DbSet<Checkpoint> Checkpoints => Set<Checkpoint>();
}
