using Microsoft.EntityFrameworkCore;
using Portal.Shared.Data;

namespace Portal.Publishing;

internal sealed class PublishingDbContext(DbContextOptions<PublishingDbContext> options) : ModuleDbContext(options, "publishing");
