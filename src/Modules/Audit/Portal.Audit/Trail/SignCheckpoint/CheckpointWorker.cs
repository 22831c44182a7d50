using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Shared.Workers;

namespace Portal.Audit.Trail.SignCheckpoint;

/// <summary>Signs the trail every minute in which something was sealed, and once more when the host stops.</summary>
internal sealed partial class CheckpointWorker(
    IServiceScopeFactory scopes, TimeProvider clock, ILogger<CheckpointWorker> logger)
    : PollingWorker(Interval, clock, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock = clock;
    private readonly ILogger _logger = logger;
    private long _size;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await SignAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogInterrupted(_logger);
        }
        catch (Exception exception)
        {
            await FailedAsync(exception);
        }
    }

    protected override async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        var started = _clock.GetUtcNow();
        await SignAsync(cancellationToken);
        // From start to start: signing takes none of the minute.
        var wait = started + Interval - _clock.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    protected override ValueTask FailedAsync(Exception exception)
    {
        if (exception is InvalidDataException)
        {
            LogAltered(_logger, exception);
            return ValueTask.CompletedTask;
        }

        return base.FailedAsync(exception);
    }

    private async Task SignAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var writer = scope.ServiceProvider.GetRequiredService<CheckpointWriter>();
        if (await writer.WriteAsync(cancellationToken) is { } checkpoint && checkpoint.Size != _size)
        {
            _size = checkpoint.Size;
            // Log lines leave the machine: one more place that remembers what was signed.
            LogSigned(_logger, checkpoint.Size, Convert.ToHexStringLower(checkpoint.RootHash));
        }
    }

    [LoggerMessage(LogLevel.Information, "Trail signed: {Size} entries, root {Root}")]
    private static partial void LogSigned(ILogger logger, long size, string root);

    [LoggerMessage(LogLevel.Warning, "The host stopped before the trail's end was signed; the next start signs it")]
    private static partial void LogInterrupted(ILogger logger);

    [LoggerMessage(LogLevel.Critical, "The trail was altered and is not signed any more: run the verification")]
    private static partial void LogAltered(ILogger logger, Exception exception);
}
