using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Modules;

namespace Portal.Disclosure;

/// <summary>The Disclosure module as the host sees it.</summary>
public sealed class DisclosureModule : IModule
{
    /// <inheritdoc />
    public string Name => "Disclosure";

    /// <inheritdoc />
    public string Schema => "disclosure";

    /// <inheritdoc />
    public Type DbContext => typeof(DisclosureDbContext);

    /// <inheritdoc />
    public Assembly Assembly => typeof(DisclosureModule).Assembly;

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }
}
