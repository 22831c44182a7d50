using System.Reflection;
using Portal.Host.Administration;
using Portal.Host.Calendars;
using Portal.Host.Identity;
using Portal.Host.Identity.Sessions.SweepSessions;
using Portal.Host.Sites;
using Portal.Shared.Modules;
using Portal.Shared.Ui;

namespace Portal.Host;

/// <summary>People, organisations, sites and settings: the host's own part, under the rules of a module.</summary>
public sealed class HostModule : IModule
{
    /// <inheritdoc />
    public string Name => "Host";

    /// <inheritdoc />
    public string Schema => "host";

    /// <inheritdoc />
    public Type DbContext => typeof(HostDbContext);

    /// <inheritdoc />
    public Assembly Assembly => typeof(HostModule).Assembly;

    /// <inheritdoc />
    public IReadOnlyList<string> AppendOnlyTables =>
    [
        "site_status_changes", "staff_grants", "staff_grant_revocations", "staff_status_changes", "setting_changes",
        "calendar_versions", "calendar_days",
    ];

    /// <inheritdoc />
    public IReadOnlyList<Type> Settings => [typeof(CalendarSettings)];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSites();
        services.AddStaffIdentity(configuration);
        services.AddAdministration();
        services.AddCalendars();
        services.AddScoped<IConsoleMenu, HostMenu>();
    }

    /// <inheritdoc />
    public void AddWorkers(IServiceCollection services) => services.AddHostedService<SessionSweeper>();
}
