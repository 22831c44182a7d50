using Microsoft.EntityFrameworkCore;
using Portal.Shared.Data;

namespace Portal.Audit;

internal sealed class AuditDbContext(DbContextOptions<AuditDbContext> options) : ModuleDbContext(options, "audit");
