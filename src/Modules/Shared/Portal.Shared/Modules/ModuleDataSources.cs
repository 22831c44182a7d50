using Npgsql;
using Portal.Shared.Data;

namespace Portal.Shared.Modules;

/// <summary>One connection pool a module, each on the module's own database role.</summary>
public sealed class ModuleDataSources : IAsyncDisposable
{
    private readonly Dictionary<string, NpgsqlDataSource> _sources;

    /// <summary>Makes the pools; nothing connects yet.</summary>
    public ModuleDataSources(ModuleRegistry modules, ModuleConnections connections)
    {
        ArgumentNullException.ThrowIfNull(modules);
        ArgumentNullException.ThrowIfNull(connections);
        _sources = modules.All.ToDictionary(
            module => module.Schema, module => NpgsqlDataSource.Create(connections.For(module)));
    }

    /// <summary>The pool of a module.</summary>
    public NpgsqlDataSource For(IModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return _sources[module.Schema];
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources.Values)
        {
            await source.DisposeAsync();
        }
    }
}
