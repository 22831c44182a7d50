using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Portal.Audit.Trail;
using Portal.Audit.Trail.SignCheckpoint;
using Portal.Audit.Trail.VerifyTrail;
using Portal.Shared.Decisions;
using Portal.Shared.Messaging;
using Portal.Shared.Modules;
using Portal.Testing;

namespace Portal.Audit.Tests.Trail;

/// <summary>A trail in a database and a data folder of its own, reached as the module's role and as the owner.</summary>
public sealed class TrailFixture : IAsyncLifetime
{
    private ServiceProvider _services = null!;

    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 1, 0, 0, TimeSpan.Zero));

    internal string DataPath { get; private set; } = null!;

    internal string Owner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        DataPath = Directory.CreateTempSubdirectory("portal-audit-").FullName;
        Owner = await TestServer.CreateDatabaseAsync();
        Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await TestServer.DropDatabaseAsync(Owner);
        Directory.Delete(DataPath, recursive: true);
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
