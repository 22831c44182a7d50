using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Portal.Audit.Trail;
using Portal.Audit.Trail.SignCheckpoint;
using Portal.Audit.Trail.VerifyTrail;
using Portal.Shared.Data;
using Portal.Shared.Decisions;
using Portal.Shared.Messaging;
using Portal.Shared.Modules;

namespace Portal.Audit.Tests.Trail;

/// <summary>A trail in a database and a data folder of its own, reached as the module's role and as the owner.</summary>
public sealed class TrailFixture : IAsyncLifetime
{
    private readonly string _name = $"audit_{Guid.CreateVersion7():N}";
    private ServiceProvider _services = null!;
    private string _server = null!;

    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 1, 0, 0, TimeSpan.Zero));

    internal string DataPath { get; private set; } = null!;

    internal string Owner => new NpgsqlConnectionStringBuilder(_server) { Database = _name, Pooling = false }.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        _server = Environment.GetEnvironmentVariable("PORTAL_TEST_POSTGRES")
            ?? throw new InvalidOperationException("Run the tests with build/test: PORTAL_TEST_POSTGRES is not set.");
        DataPath = Directory.CreateTempSubdirectory("portal-audit-").FullName;
        await ExecuteAsync(_server, $"create database {_name}");
        Start();
        await _services.GetRequiredService<Migrator>().MigrateAsync(_ => { }, CancellationToken.None);
    }

    /// <summary>As after a restart of the host: nothing is remembered in the process.</summary>
    internal async Task RestartAsync()
    {
        await _services.DisposeAsync();
        Start();
    }

    private void Start()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Portal"] = Owner,
            ["Portal:DataPath"] = DataPath,
        }).Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddPortalModules(configuration, [new AuditModule()])
            .AddSingleton<TimeProvider>(Clock)
            .BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync(_server, $"drop database {_name} with (force)");
        Directory.Delete(DataPath, recursive: true);
    }

    /// <summary>Takes decisions and delivers them.</summary>
    internal async Task SealAsync(params IEnumerable<DecisionTaken> decisions)
    {
        await TellAsync(decisions);
        await DrainAsync();
    }

    internal Task TellAsync(params IEnumerable<DecisionTaken> decisions) => WithAsync<AuditDbContext, int>(async db =>
    {
        foreach (var decision in decisions)
        {
            db.Record(decision);
        }

        return await db.SaveChangesAsync();
    });

    internal Task<int> DrainAsync() => _services.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None);

    /// <summary>Some decisions, then a checkpoint, again and again.</summary>
    internal async Task GrowAsync(params int[] counts)
    {
        foreach (var count in counts)
        {
            await SealAsync(Decisions.Some(count));
            Clock.Advance(TimeSpan.FromMinutes(1));
            await SignAsync();
        }
    }

    internal Task<Checkpoint?> SignAsync() =>
        WithAsync<CheckpointWriter, Checkpoint?>(writer => writer.WriteAsync(CancellationToken.None));

    internal Task<TrailReport> VerifyAsync() =>
        WithAsync<TrailVerifier, TrailReport>(verifier => verifier.VerifyAsync(new Progress<long>(), CancellationToken.None));

    internal Task<T> QueryAsync<T>(Func<AuditDbContext, Task<T>> query) => WithAsync(query);

    internal async Task<TResult> WithAsync<TService, TResult>(Func<TService, Task<TResult>> act)
        where TService : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    internal Task ExecuteAsync(string sql) => ExecuteAsync(Owner, sql);

    /// <summary>As a superuser who first takes the guards away.</summary>
    internal Task TamperAsync(string sql) => ExecuteAsync(
        Owner,
        $"""
        alter table audit.entries disable trigger all;
        alter table audit.tree_nodes disable trigger all;
        alter table audit.checkpoints disable trigger all;
        {sql}
        """);

    internal static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
