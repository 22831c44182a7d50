using Microsoft.Extensions.DependencyInjection;
using Portal.Interaction.HotTopics.Signals.Demo;
using Portal.Interaction.HotTopics.Signals.ImportSignals;
using Portal.Interaction.HotTopics.Signals.Surges;
using Portal.Shared.Commands;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics.Signals;

internal static class SignalServices
{
    public static void AddSignals(this IServiceCollection services)
    {
        services.AddScoped<SignalScope>();
        services.AddScoped<SignalWriter>();
        services.AddScoped<SignalTable>();
        services.AddScoped<HeardTexts>();
        services.AddScoped<FindSurges>();
        services.AddScoped<FindFruitlessSearches>();
        services.AddScoped<PullFeeds.PullFeeds>();
        services.AddScoped<IConsoleMenu, SignalMenu>();
        services.AddScoped<ITodayCards, SignalCards>();
        services.AddScoped<IDemoSeed, DemoSignals>();
        services.AddSingleton<ICommandLine, SignalsCommand>();
    }

    public static void AddSignalWorkers(this IServiceCollection services)
    {
        services.AddHostedService<SignalWorker>();
        services.AddHostedService<FeedWorker>();
    }
}
