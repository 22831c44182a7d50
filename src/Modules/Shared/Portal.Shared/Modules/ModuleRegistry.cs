using System.Reflection;

namespace Portal.Shared.Modules;

/// <summary>The modules this host runs, in order of migration.</summary>
public sealed class ModuleRegistry(IReadOnlyList<IModule> modules)
{
    /// <summary>All modules.</summary>
    public IReadOnlyList<IModule> All { get; } = modules;

    /// <summary>The module whose handlers live in <paramref name="assembly"/>.</summary>
    /// <exception cref="InvalidOperationException">No module owns the assembly.</exception>
    public IModule OwnerOf(Assembly assembly) =>
        All.FirstOrDefault(module => module.Assembly == assembly)
        ?? throw new InvalidOperationException($"No module owns {assembly.GetName().Name}.");
}
