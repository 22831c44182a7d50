using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Shared.Modules;

namespace Portal.Audit;

/// <summary>The Audit module as the host sees it.</summary>
public sealed class AuditModule : IModule
{
    /// <inheritdoc />
    public string Name => "Audit";

    /// <inheritdoc />
    public string Schema => "audit";

    /// <inheritdoc />
    public Type DbContext => typeof(AuditDbContext);

    /// <inheritdoc />
    public Assembly Assembly => typeof(AuditModule).Assembly;

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }
}
