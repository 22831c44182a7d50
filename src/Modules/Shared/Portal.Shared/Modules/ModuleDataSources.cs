using Npgsql;
using Portal.Shared.Data;

namespace Portal.Shared.Modules;

/// <summary>
/// One connection pool a module, each on the module's own database role. Connections are not reset when they go back to
/// the pool, and keep the statements they use often prepared: whatever a session is told must end with its transaction
/// (<c>set_config(…, true)</c>), and what must outlive one (<c>listen</c>) needs <see cref="OpenOwnAsync"/>.
/// </summary>
public sealed class ModuleDataSources : IAsyncDisposable
{
    private const int PreparedStatements = 100;

    // A prepared statement keeps no plan here: what is common for one word or site is rare for another.
    private const string PlanEachTime = "-c plan_cache_mode=force_custom_plan";

    private readonly Dictionary<string, NpgsqlDataSource> _sources;
    private readonly ModuleConnections _connections;

    /// <summary>Makes the pools; nothing connects yet.</summary>
    public ModuleDataSources(ModuleRegistry modules, ModuleConnections connections)
    {
        ArgumentNullException.ThrowIfNull(modules);
        ArgumentNullException.ThrowIfNull(connections);
        _connections = connections;
        _sources = modules.All.ToDictionary(
            module => module.Schema, module => NpgsqlDataSource.Create(Lasting(connections.For(module))));
    }

    /// <summary>The pool of a module.</summary>
    public NpgsqlDataSource For(IModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return _sources[module.Schema];
    }

    /// <summary>A connection of the module's role that comes from no pool and ends when it is disposed: for listening.</summary>
    public async Task<NpgsqlConnection> OpenOwnAsync(IModule module, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(module);
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_connections.For(module)) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources.Values)
        {
            await source.DisposeAsync();
        }
    }

    private static string Lasting(string connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection) { NoResetOnClose = true, MaxAutoPrepare = PreparedStatements };
        builder.Options = builder.Options is { Length: > 0 } options ? $"{options} {PlanEachTime}" : PlanEachTime;
        return builder.ConnectionString;
    }
}
