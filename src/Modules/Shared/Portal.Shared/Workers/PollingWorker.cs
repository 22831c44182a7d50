using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Portal.Shared.Workers;

/// <summary>
/// Work that goes on in the background of a host with the worker role: run, wait, run again. A failure is logged and
/// never ends it, since nobody would start it again.
/// </summary>
/// <param name="afterFailure">How long to wait after a failure, so that it never spins on one.</param>
/// <param name="clock">What waits.</param>
/// <param name="logger">Where failures go.</param>
public abstract partial class PollingWorker(TimeSpan afterFailure, TimeProvider clock, ILogger logger) : BackgroundService
{
    /// <summary>Does what is due and answers how long to wait before the next run.</summary>
    protected abstract Task<TimeSpan> RunAsync(CancellationToken cancellationToken);

    /// <summary>Waits; a worker that something can wake waits for that too.</summary>
    protected virtual Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken) =>
        Task.Delay(wait, clock, cancellationToken);

    /// <summary>A run or a wait broke: logs it. Whoever holds something that may be broken lets go of it.</summary>
    protected virtual ValueTask FailedAsync(Exception exception)
    {
        LogFailed(logger, exception, GetType().Name, afterFailure);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WaitAsync(await RunAsync(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                await FailedAsync(exception);
                await Task.Delay(afterFailure, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "{Worker} failed; it runs again in {Wait}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string worker, TimeSpan wait);
}
