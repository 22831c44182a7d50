using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Shared.Data;
using Portal.Shared.Modules;
using Portal.Testing;

namespace Portal.Host.Tests.Migrations;

public sealed class MigrationTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task Every_module_has_migrations_for_all_of_its_model()
    {
        await host.Use<IServiceProvider>(services =>
        {
            foreach (var module in services.GetRequiredService<ModuleRegistry>().All)
            {
                var db = (ModuleDbContext)services.GetRequiredService(module.DbContext);
                Assert.False(db.Database.HasPendingModelChanges(), module.Name);
            }

            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        List<string> lines = [];

        await host.Services.GetRequiredService<Migrator>().MigrateAsync(lines.Add, CancellationToken.None);

        Assert.All(lines, line => Assert.EndsWith(": 0 migrations applied", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("update host.staff_grants set reason = 'x'")]
    [InlineData("delete from host.site_status_changes")]
    [InlineData("truncate host.setting_changes")]
    [InlineData("select 1 from publishing.outbox")]
    [InlineData("insert into host.\"__EFMigrationsHistory\" values ('x', 'y')")]
    [InlineData("create table host.mine (id int)")]
    public async Task The_hosts_own_role_is_refused(string sql)
    {
        var modules = host.Services.GetRequiredService<ModuleRegistry>();
        var source = host.Services.GetRequiredService<ModuleDataSources>().For(modules.All[0]);
        await using var command = source.CreateCommand(sql);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }
}
