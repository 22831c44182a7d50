using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Interaction.HotTopics.Signals.Surges;
using Portal.Interaction.Letters.SweepLetters;
using Portal.Shared.Commands;
using Portal.Shared.Ui;
using Portal.Shared.Workers;

namespace Portal.Interaction.HotTopics.Signals;

/// <summary>
/// Once a day, in the small hours: what is compared ends with the day before. Run again, or on several hosts, it raises
/// nothing twice.
/// </summary>
internal sealed class SignalWorker(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SignalWorker> logger)
    : PollingWorker(TimeSpan.FromMinutes(10), clock, logger)
{
    private const int Hour = 3;

    private readonly TimeProvider _clock = clock;

    protected override async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await LettersCommand.LoadAsync(scope.ServiceProvider, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<FindSurges>().RunAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<FindFruitlessSearches>().RunAsync(cancellationToken);
        var now = _clock.GetUtcNow();
        return BeijingTime.StartOf(BeijingTime.Date(now).AddDays(1)).AddHours(Hour) - now;
    }
}

/// <summary>Four times an hour; the feeds themselves say when nothing is new.</summary>
internal sealed class FeedWorker(IServiceScopeFactory scopes, TimeProvider clock, ILogger<FeedWorker> logger)
    : PollingWorker(TimeSpan.FromMinutes(10), clock, logger)
{
    protected override async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await LettersCommand.LoadAsync(scope.ServiceProvider, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<PullFeeds.PullFeeds>().RunAsync(cancellationToken);
        return TimeSpan.FromMinutes(15);
    }
}

/// <summary><c>signals find</c> and <c>signals pull</c>.</summary>
internal sealed class SignalsCommand : ICommandLine
{
    public Command Build(IServiceProvider services)
    {
        var find = new Command(
            "find", "Compares the letters, error reports and fruitless searches of the last days with the weeks before; the worker does so every night.");
        find.SetAction((result, cancellationToken) => RunAsync(
            services,
            async provider => await provider.GetRequiredService<FindSurges>().RunAsync(cancellationToken)
                + await provider.GetRequiredService<FindFruitlessSearches>().RunAsync(cancellationToken),
            result, cancellationToken));
        var pull = new Command("pull", "Asks the feeds for what is new; the worker does so four times an hour.");
        pull.SetAction((result, cancellationToken) => RunAsync(
            services, provider => provider.GetRequiredService<PullFeeds.PullFeeds>().RunAsync(cancellationToken), result, cancellationToken));
        return new Command("signals", "Signals of what the public is concerned with.") { find, pull };
    }

    private static async Task<int> RunAsync(
        IServiceProvider services, Func<IServiceProvider, Task<int>> run, ParseResult result, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        await LettersCommand.LoadAsync(scope.ServiceProvider, cancellationToken);
        var raised = await run(scope.ServiceProvider);
        await result.InvocationConfiguration.Output.WriteLineAsync($"{raised} signals raised.");
        return 0;
    }
}
