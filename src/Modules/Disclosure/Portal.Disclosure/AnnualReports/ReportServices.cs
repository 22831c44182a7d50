using Microsoft.Extensions.DependencyInjection;
using Portal.Disclosure.AnnualReports.Demo;
using Portal.Disclosure.AnnualReports.StartReport;
using Portal.Shared.Commands;
using Portal.Shared.Ui;

namespace Portal.Disclosure.AnnualReports;

internal static class ReportServices
{
    public static void AddAnnualReports(this IServiceCollection services)
    {
        services.AddSingleton<ReportChecks>();
        services.AddSingleton<ReportBody>();
        services.AddSingleton<ReportWorkbook>();
        services.AddScoped<ReportFigures>();
        services.AddScoped<ReportScope>();
        services.AddScoped<ReportReader>();
        services.AddScoped<ReportDispatch>();
        services.AddScoped<ReportStarter>();
        services.AddScoped<FollowReports.FollowReports>();
        services.AddScoped<IConsoleMenu, ReportMenu>();
        services.AddScoped<ITodayCards, ReportCards>();
        services.AddScoped<IDemoSeed, DemoReports>();
    }
}
