using Microsoft.EntityFrameworkCore;
using Portal.Shared.Data;

namespace Portal.ModuleName;

internal sealed class ModuleNameDbContext(DbContextOptions<ModuleNameDbContext> options)
    : ModuleDbContext(options, "schema_name");

internal sealed class ModuleNameDbContextFactory() : ModuleDbContextFactory<ModuleNameDbContext>(new ModuleNameModule());
