using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Portal.Shared.Messaging;
using Portal.Shared.Modules;

namespace Portal.Shared.Data;

/// <summary>
/// Brings a database to this release: schemas, migrations of every module, one role a module with rights on its own
/// schema only. Run as the owner; safe to run again and from several hosts at once.
/// </summary>
public sealed class Migrator(ModuleRegistry modules, ModuleConnections connections)
{
    // Any constant: hosts that start together take turns.
    private const long Lock = 0x706f7274616c;

    // An index over a large table takes minutes.
    private const int MigrationSeconds = 3600;

    /// <summary>Applies what is missing and reports each step to <paramref name="report"/>.</summary>
    public async Task MigrateAsync(Action<string> report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        await using var owner = NpgsqlDataSource.Create(connections.Owner);
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_lock({Lock})", cancellationToken);
        try
        {
            foreach (var module in modules.All)
            {
                await ProvisionRoleAsync(connection, module, cancellationToken);
                await ExecuteAsync(connection, $"create schema if not exists {module.Schema}", cancellationToken);
                await using (var db = OwnerContext(module))
                {
                    var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
                    await db.Database.MigrateAsync(cancellationToken);
                    report($"{module.Name}: {pending.Count} migrations applied");
                }

                await GrantAsync(connection, module, cancellationToken);
            }
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    /// <summary>The options every context of a module uses, whatever its connection.</summary>
    public static void Configure(DbContextOptionsBuilder options, IModule module)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(module);
        options.UseSnakeCaseNamingConvention();
        // A new module has only the kernel's tables; that is no reason for a warning at every start.
        options.ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.NoEntityTypeConfigurationsWarning));
    }

    private ModuleDbContext OwnerContext(IModule module)
    {
        var builder = (DbContextOptionsBuilder)Activator.CreateInstance(
            typeof(DbContextOptionsBuilder<>).MakeGenericType(module.DbContext))!;
        builder.UseNpgsql(
            connections.Owner,
            npgsql => npgsql.MigrationsHistoryTable(HistoryRepository.DefaultTableName, module.Schema)
                .CommandTimeout(MigrationSeconds));
        Configure(builder, module);
        return (ModuleDbContext)Activator.CreateInstance(module.DbContext, builder.Options)!;
    }

    private async Task ProvisionRoleAsync(
        NpgsqlConnection connection, IModule module, CancellationToken cancellationToken)
    {
        var role = ModuleConnections.RoleOf(module);
        // Two databases of one server may be migrated at once: roles belong to the server.
        await ExecuteAsync(
            connection,
            $"""
            do $$ begin
              if not exists (select from pg_roles where rolname = '{role}') then create role {role} login; end if;
            exception when duplicate_object or unique_violation then null; end $$
            """,
            cancellationToken);
        if (connections.PasswordOf(module) is { } password)
        {
            await ExecuteAsync(
                connection,
                $"do $$ begin alter role {role} login password '{password}'; exception when internal_error then null; end $$",
                cancellationToken);
        }
    }

    private static async Task GrantAsync(
        NpgsqlConnection connection, IModule module, CancellationToken cancellationToken)
    {
        var (schema, role) = (module.Schema, ModuleConnections.RoleOf(module));
        await ExecuteAsync(
            connection,
            $"""
            grant usage on schema {schema} to {role};
            grant select, insert, update, delete on all tables in schema {schema} to {role};
            grant usage on all sequences in schema {schema} to {role};
            grant execute on all functions in schema {schema} to {role};
            revoke insert, update, delete on {schema}."{HistoryRepository.DefaultTableName}" from {role};
            create or replace function {schema}.tell_outbox() returns trigger language plpgsql as
              $$ begin perform pg_notify('{OutboxWorker.Channel}', '{schema}'); return null; end $$;
            create or replace trigger tell_outbox after insert on {schema}.outbox
              for each statement execute function {schema}.tell_outbox();
            """,
            cancellationToken);
        foreach (var table in module.AppendOnlyTables)
        {
            await ExecuteAsync(
                connection, $"revoke update, delete, truncate on {schema}.{table} from {role}", cancellationToken);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
