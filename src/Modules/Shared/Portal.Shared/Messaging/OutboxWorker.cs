using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.Shared.Modules;
using Portal.Shared.Workers;

namespace Portal.Shared.Messaging;

/// <summary>
/// Runs the dispatcher in hosts with the worker role. A notification from the database wakes it at once; a poll every
/// second is the truth, because notifications are lost on a dropped connection.
/// </summary>
internal sealed class OutboxWorker(
    ModuleRegistry modules,
    OutboxDispatcher dispatcher,
    ModuleDataSources sources,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<OutboxWorker> logger)
    // A lost database is tried again by the machine's time, as PostgreSQL's notifications come by it.
    : PollingWorker(Poll, TimeProvider.System, logger)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    // Operators may keep delivered messages longer: Portal:MessageDays.
    private readonly TimeSpan _keep = TimeSpan.FromDays(configuration.GetValue("Portal:MessageDays", 30));
    private NpgsqlConnection? _listening;
    private DateTimeOffset? _swept;

    /// <summary>The channel on which triggers of the outbox tables tell that rows were added.</summary>
    public const string Channel = "portal_outbox";

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await StopListeningAsync();
    }

    protected override async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        if (_listening is null)
        {
            _listening = await sources.OpenOwnAsync(modules.All[0], cancellationToken);
            await using var listen = new NpgsqlCommand("listen " + Channel, _listening);
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        await dispatcher.DrainAsync(cancellationToken);
        if (_swept is null || clock.GetUtcNow() - _swept > SweepEvery)
        {
            await dispatcher.SweepAsync(_keep, cancellationToken);
            _swept = clock.GetUtcNow();
        }

        return Poll;
    }

    protected override Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken) =>
        _listening!.WaitAsync(wait, cancellationToken);

    protected override async ValueTask FailedAsync(Exception exception)
    {
        await base.FailedAsync(exception);
        await StopListeningAsync();
    }

    private async ValueTask StopListeningAsync()
    {
        if (_listening is { } connection)
        {
            _listening = null;
            await connection.DisposeAsync();
        }
    }
}
