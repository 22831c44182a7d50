using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Portal.Host;
using Portal.Shared.Data;
using Portal.Shared.Modules;
using Testcontainers.PostgreSql;

namespace Portal.Testing;

/// <summary>
/// The PostgreSQL of a test run and its migrated template. <c>PORTAL_TEST_POSTGRES</c> names a server; else a container
/// when an engine answers; else a private cluster of the machine's own binaries.
/// </summary>
internal static class TestServer
{
    private static readonly Lazy<Task<Template>> Once = new(PrepareAsync);

    /// <summary>A new database with all migrations, and the connection string of its owner.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        var template = await Once.Value;
        var name = "portal_test_" + Guid.CreateVersion7().ToString("N")[^12..];
        await ExecuteAsync(template.Server, $"create database {name} template {template.Name} strategy wal_log");
        return On(template.Server, name);
    }

    public static async Task DropDatabaseAsync(string connection)
    {
        var template = await Once.Value;
        var name = new NpgsqlConnectionStringBuilder(connection).Database;
        await ExecuteAsync(template.Server, $"drop database if exists {name} with (force)");
    }

    private static async Task<Template> PrepareAsync()
    {
        var server = Environment.GetEnvironmentVariable("PORTAL_TEST_POSTGRES") is { Length: > 0 } given
            ? given
            : await StartContainerAsync() ?? PrivateCluster.Start();
        var name = "portal_template_" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await ExecuteAsync(server, $"drop database if exists {name} with (force)");
        await ExecuteAsync(server, $"create database {name} encoding 'UTF8' template template0");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => DropQuietly(server, name);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionStrings:Portal", On(server, name))])
            .Build();
        var migrator = new Migrator(new ModuleRegistry(PortalModuleList.All), new ModuleConnections(configuration));
        await migrator.MigrateAsync(_ => { }, CancellationToken.None);
        // A database with connections, even idle ones, is no template.
        NpgsqlConnection.ClearAllPools();
        return new Template(server, name);
    }

    private static async Task<string?> StartContainerAsync()
    {
        var socket = Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 }
            || File.Exists("/var/run/docker.sock");
        if (!socket)
        {
            return null;
        }

        // Ryuk ends the container with the run, whatever happens to it.
        var container = new PostgreSqlBuilder("postgres:15-alpine").WithCommand("-c", "fsync=off").Build();
        await container.StartAsync();
        return container.GetConnectionString();
    }

    private static string On(string server, string database) =>
        // Pools of dropped databases would keep connections to nothing.
        new NpgsqlConnectionStringBuilder(server)
        {
            Database = database,
            MaxPoolSize = 20,
            ConnectionIdleLifetime = 5,
            ConnectionPruningInterval = 2,
        }.ConnectionString;

    private static async Task ExecuteAsync(string server, string sql)
    {
        var builder = new NpgsqlConnectionStringBuilder(server) { Pooling = false };
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    private static void DropQuietly(string server, string name)
    {
        var builder = new NpgsqlConnectionStringBuilder(server) { Pooling = false, Timeout = 5 };
        try
        {
            using var connection = new NpgsqlConnection(builder.ConnectionString);
            connection.Open();
            using var command = new NpgsqlCommand($"drop database if exists {name} with (force)", connection);
            command.ExecuteNonQuery();
        }
        catch (NpgsqlException)
        {
            // The server went first, and the database with it.
        }
    }

    private sealed record Template(string Server, string Name);
}

/// <summary>A throw-away cluster on a UNIX socket, ended with the process. Never as root: as the user postgres.</summary>
internal static class PrivateCluster
{
    public static string Start()
    {
        var binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .Select(folder => Path.Combine(folder, "bin"))
                .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
                .MaxBy(folder => int.Parse(Path.GetFileName(Path.GetDirectoryName(folder)!), CultureInfo.InvariantCulture))
            : null;
        if (binaries is null)
        {
            throw new InvalidOperationException(
                "Tests need PostgreSQL 15 or later: set PORTAL_TEST_POSTGRES, start a container engine, or install "
                + "the server (Debian: apt-get install postgresql). build/test does it for you.");
        }

        var root = Directory.CreateTempSubdirectory("portal-test-").FullName;
        var user = Environment.IsPrivilegedProcess ? "postgres" : null;
        if (user is not null)
        {
            Run("chown", null, user, root);
        }

        var data = Path.Combine(root, "data");
        Run(Path.Combine(binaries, "initdb"), user, "-D", data, "-U", "portal", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8");
        Run(
            Path.Combine(binaries, "pg_ctl"), user, "-D", data, "-l", Path.Combine(root, "log"), "-w", "-o",
            $"-k {root} -c listen_addresses= -c fsync=off -c max_connections=300 -c shared_buffers=64MB", "start");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Run(Path.Combine(binaries, "pg_ctl"), user, "-D", data, "-m", "immediate", "stop");
            Directory.Delete(root, recursive: true);
        };
        return $"Host={root};Username=portal;Database=postgres";
    }

    private static void Run(string program, string? user, params string[] arguments)
    {
        // pg_ctl leaves the server behind: its output must not keep this process waiting.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null");
        start.ArgumentList.Add(program);
        if (user is not null)
        {
            start.UserName = user;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
    }
}
