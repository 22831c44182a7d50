using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Modules;

namespace Portal.Interaction;

/// <summary>The Interaction module as the host sees it.</summary>
public sealed class InteractionModule : IModule
{
    /// <inheritdoc />
    public string Name => "Interaction";

    /// <inheritdoc />
    public string Schema => "interaction";

    /// <inheritdoc />
    public Type DbContext => typeof(InteractionDbContext);

    /// <inheritdoc />
    public Assembly Assembly => typeof(InteractionModule).Assembly;

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }
}
