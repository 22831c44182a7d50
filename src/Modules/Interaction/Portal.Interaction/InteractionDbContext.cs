using Microsoft.EntityFrameworkCore;
using Portal.Shared.Data;

namespace Portal.Interaction;

internal sealed class InteractionDbContext(DbContextOptions<InteractionDbContext> options) : ModuleDbContext(options, "interaction");

internal sealed class InteractionDbContextFactory() : ModuleDbContextFactory<InteractionDbContext>(new InteractionModule());
