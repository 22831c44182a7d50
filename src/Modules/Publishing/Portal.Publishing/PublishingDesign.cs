using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations;
using Portal.Shared.Data;

namespace Portal.Publishing;

/// <summary>Lets <c>dotnet ef migrations add</c> make the context without a host or a database.</summary>
internal sealed class PublishingDesign : IDesignTimeDbContextFactory<PublishingDbContext>
{
    public PublishingDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PublishingDbContext>();
        options.UseNpgsql(npgsql => npgsql.MigrationsHistoryTable(HistoryRepository.DefaultTableName, "publishing"));
        Migrator.Configure(options, new PublishingModule());
        return new PublishingDbContext(options.Options);
    }
}
