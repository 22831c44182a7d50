using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.Shared.Modules;

namespace Portal.Shared.Messaging;

/// <summary>
/// Runs the dispatcher in hosts with the worker role. A notification from the database wakes it at once; a poll every
/// second is the truth, because notifications are lost on a dropped connection.
/// </summary>
internal sealed partial class OutboxWorker(
    ModuleRegistry modules,
    OutboxDispatcher dispatcher,
    ModuleDataSources sources,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<OutboxWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    // Operators may keep delivered messages longer: Portal:MessageDays.
    private readonly TimeSpan _keep = TimeSpan.FromDays(configuration.GetValue("Portal:MessageDays", 30));

    /// <summary>The channel on which triggers of the outbox tables tell that rows were added.</summary>
    public const string Channel = "portal_outbox";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset? swept = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await sources.For(modules.All[0]).OpenConnectionAsync(stoppingToken);
                await using (var listen = new NpgsqlCommand("listen " + Channel, connection))
                {
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                }

                while (true)
                {
                    await dispatcher.DrainAsync(stoppingToken);
                    if (swept is null || clock.GetUtcNow() - swept > SweepEvery)
                    {
                        await dispatcher.SweepAsync(_keep, stoppingToken);
                        swept = clock.GetUtcNow();
                    }

                    await connection.WaitAsync(Poll, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogBroken(exception);
                await Task.Delay(Poll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The outbox worker lost its database; it tries again in a second")]
    private partial void LogBroken(Exception exception);
}
