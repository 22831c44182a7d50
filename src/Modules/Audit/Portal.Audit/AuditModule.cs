using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Audit.Register;
using Portal.Audit.Trail;
using Portal.Audit.Trail.SignCheckpoint;
using Portal.Audit.Trail.VerifyTrail;
using Portal.Shared.Commands;
using Portal.Shared.Modules;
using Portal.Shared.Ui;

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
    public IReadOnlyList<string> AppendOnlyTables => ["entries", "tree_nodes", "checkpoints"];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<TrailVault>();
        services.AddScoped<Sequencer>();
        services.AddScoped<TrailTree>();
        services.AddScoped<CheckpointWriter>();
        services.AddScoped<TrailVerifier>();
        services.AddScoped<TrailScope>();
        services.AddScoped<TrailChannels>();
        services.AddScoped<ReviewRegister>();
        services.AddScoped<IConsoleMenu, AuditMenu>();
        services.AddSingleton<ICommandLine, VerifyTrailCommand>();
    }

    public void AddWorkers(IServiceCollection services) => services.AddHostedService<CheckpointWorker>();
}
