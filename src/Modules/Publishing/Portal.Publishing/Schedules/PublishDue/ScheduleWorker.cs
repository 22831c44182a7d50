using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Portal.Publishing.Schedules.PublishDue;

/// <summary>
/// Wakes at the next due time or after half a second, whichever is sooner, so that a page is visible within one second
/// of its time however many hosts run and whichever of them dies.
/// </summary>
internal sealed partial class ScheduleWorker(PublishDue publishDue, TimeProvider clock, ILogger<ScheduleWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    // What failed stays due: never spin on it.
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Poll;
            try
            {
                if (await publishDue.RunAsync(stoppingToken) is { } next && next - clock.GetUtcNow() < Poll)
                {
                    wait = next - clock.GetUtcNow();
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogBroken(exception);
            }

            await Task.Delay(wait > Least ? wait : Least, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Error, "The schedule lost its database; it tries again")]
    private partial void LogBroken(Exception exception);
}
