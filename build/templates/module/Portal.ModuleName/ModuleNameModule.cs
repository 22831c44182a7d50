using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Modules;

namespace Portal.ModuleName;

/// <summary>The ModuleName module as the host sees it.</summary>
public sealed class ModuleNameModule : IModule
{
    /// <inheritdoc />
    public string Name => "ModuleName";

    /// <inheritdoc />
    public string Schema => "schema_name";

    /// <inheritdoc />
    public Type DbContext => typeof(ModuleNameDbContext);

    /// <inheritdoc />
    public Assembly Assembly => typeof(ModuleNameModule).Assembly;

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }
}
