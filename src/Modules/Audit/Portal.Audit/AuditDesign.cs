using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations;
using Portal.Shared.Data;

namespace Portal.Audit;

/// <summary>Lets <c>dotnet ef migrations add</c> make the context without a host or a database.</summary>
internal sealed class AuditDesign : IDesignTimeDbContextFactory<AuditDbContext>
{
    public AuditDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<AuditDbContext>();
        options.UseNpgsql(npgsql => npgsql.MigrationsHistoryTable(HistoryRepository.DefaultTableName, "audit"));
        Migrator.Configure(options, new AuditModule());
        return new AuditDbContext(options.Options);
    }
}
