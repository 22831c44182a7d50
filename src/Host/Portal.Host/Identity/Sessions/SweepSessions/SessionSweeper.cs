using Portal.Shared.Workers;

namespace Portal.Host.Identity.Sessions.SweepSessions;

/// <summary>Sweeps once an hour, wherever a worker runs; several at once do no harm.</summary>
internal sealed class SessionSweeper(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SessionSweeper> logger)
    : PollingWorker(Every, clock, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SweepSessions>().RunAsync(cancellationToken);
        return Every;
    }
}
