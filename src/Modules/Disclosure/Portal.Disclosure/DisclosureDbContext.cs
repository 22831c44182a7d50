using Microsoft.EntityFrameworkCore;
using Portal.Shared.Data;

namespace Portal.Disclosure;

internal sealed class DisclosureDbContext(DbContextOptions<DisclosureDbContext> options) : ModuleDbContext(options, "disclosure");

internal sealed class DisclosureDbContextFactory() : ModuleDbContextFactory<DisclosureDbContext>(new DisclosureModule());
