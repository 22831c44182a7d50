using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations;
using Portal.Shared.Modules;

namespace Portal.Shared.Data;

/// <summary>
/// Lets <c>dotnet ef</c> make a module's context without a host: derive an internal sealed class beside the context
/// and nothing else. The connection string is never used to add a migration.
/// </summary>
/// <typeparam name="TContext">The module's context.</typeparam>
public abstract class ModuleDbContextFactory<TContext>(IModule module) : IDesignTimeDbContextFactory<TContext>
    where TContext : ModuleDbContext
{
    /// <inheritdoc />
    public TContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        builder.UseNpgsql(
            "Host=localhost",
            npgsql => npgsql.MigrationsHistoryTable(HistoryRepository.DefaultTableName, module.Schema));
        Migrator.Configure(builder, module);
        return (TContext)Activator.CreateInstance(typeof(TContext), builder.Options)!;
    }
}
