using Microsoft.Extensions.DependencyInjection;
using Portal.Disclosure.Interpretations;
using Portal.Disclosure.Openness.RecomputeDeadlines;
using Portal.Shared.Commands;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Openness;

internal static class OpennessServices
{
    public static void AddOpenness(this IServiceCollection services)
    {
        services.AddSingleton<OpennessClock>();
        services.AddScoped<OpennessItems>();
        services.AddScoped<OpennessScope>();
        services.AddScoped<PlanScope>();
        services.AddScoped<RecomputeDeadlines.RecomputeDeadlines>();
        services.AddSingleton<ICommandLine, RecomputeDeadlinesCommand>();
        services.AddScoped<IConsoleMenu, OpennessMenu>();
        services.AddScoped<ITodayCards, OpennessCards>();
        services.AddScoped<IDemoSeed, DemoPlans>();
        services.AddScoped<IDemoSeed, DemoOpenness>();
    }
}
