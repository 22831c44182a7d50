using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.ErrorReports.Demo;
using Portal.Interaction.ErrorReports.ListErrorReports;
using Portal.Shared.Commands;
using Portal.Shared.Ui;

namespace Portal.Interaction.ErrorReports;

internal static class ErrorReportServices
{
    public static void AddErrorReports(this IServiceCollection services)
    {
        services.AddSingleton<ErrorReportForms>();
        services.AddScoped<ErrorReportKeyring>();
        services.AddScoped<ErrorReportWriter>();
        services.AddScoped<ErrorReportIntake>();
        services.AddScoped<ErrorReportScope>();
        services.AddScoped<PagesOfReports>();
        services.AddScoped<ErrorSetsOf>();
        services.AddScoped<ErrorRows>();
        services.AddScoped<FollowCorrections>();
        services.AddScoped<RecountErrorReports>();
        services.AddScoped<SweepErrorReports>();
        services.AddScoped<IConsoleMenu, ErrorReportMenu>();
        services.AddScoped<ITodayCards, ErrorReportCards>();
        services.AddScoped<IChannelEntries, ErrorReportEntries>();
        services.AddScoped<IDemoSeed, DemoErrorReports>();
        services.AddSingleton<ICommandLine, ErrorReportsCommand>();
    }

    public static void AddErrorReportWorkers(this IServiceCollection services) => services.AddHostedService<ErrorReportWorker>();
}
