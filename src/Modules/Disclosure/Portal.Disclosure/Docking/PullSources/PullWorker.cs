using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Disclosure.Docking.ReconcileSource;

namespace Portal.Disclosure.Docking.PullSources;

/// <summary>Pulls the sources that are due and compares each with its other side once a week.</summary>
internal sealed partial class PullWorker(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PullWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Compare = TimeSpan.FromDays(7);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogBroken(exception);
            }

            await Task.Delay(Poll, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var list = scopes.CreateAsyncScope();
        var due = await list.ServiceProvider.GetRequiredService<DisclosureDbContext>().DockedSources.AsNoTracking()
            .Where(source => source.Mode == SourceMode.Pull && (source.NextPullAt == null || source.NextPullAt <= now)
                && (source.State == SourceState.Active || (source.State == SourceState.Trial && source.TrialRunId == null)))
            .OrderBy(source => source.NextPullAt)
            .ToListAsync(cancellationToken);
        foreach (var source in due)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<PullSource>().RunAsync(source.Id, cancellationToken);
            if (source.State == SourceState.Active && now - (source.ReconciledAt ?? source.CreatedAt) > Compare)
            {
                await scope.ServiceProvider.GetRequiredService<ReconcileRecords>().RunAsync(source.Id, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Pulling docked units failed; it is tried again")]
    private partial void LogBroken(Exception exception);
}
