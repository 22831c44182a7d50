using Microsoft.Extensions.DependencyInjection;
using Portal.Disclosure.Requests.Demo;
using Portal.Disclosure.Requests.EraseApplicants;
using Portal.Shared.Commands;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Requests;

internal static class RequestServices
{
    public static void AddRequests(this IServiceCollection services)
    {
        services.AddSingleton<RequestCalendars>();
        services.AddSingleton<RequestForms>();
        services.AddScoped<RequestKeyring>();
        services.AddScoped<RequestFiles>();
        services.AddScoped<RequestLetters>();
        services.AddScoped<RequestWriter>();
        services.AddScoped<RequestIntake>();
        services.AddScoped<RequestReader>();
        services.AddScoped<RequestScope>();
        services.AddScoped<RequestCounts>();
        services.AddScoped<IConsoleMenu, RequestMenu>();
        services.AddScoped<ITodayCards, RequestCards>();
        services.AddScoped<RequestSweep>();
        services.AddScoped<RecountDeadlines.RecountDeadlines>();
        services.AddScoped<ArchiveCases.ArchiveCases>();
        services.AddScoped<EraseApplicants.EraseApplicants>();
        services.AddSingleton<ICommandLine, EraseApplicantsCommand>();
        services.AddScoped<IDemoSeed, DemoRequests>();
    }

    public static void AddRequestWorkers(this IServiceCollection services) => services.AddHostedService<RetentionWorker>();
}
