using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Portal.Audit.Trail.SignCheckpoint;

/// <summary>Signs the trail every minute in which something was sealed, and once more when the host stops.</summary>
internal sealed partial class CheckpointWorker(
    IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider clock, ILogger<CheckpointWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private long _size;

    private bool IsWorker => configuration["Portal:Roles"] is not { Length: > 0 } roles
        || roles.Split(',', StringSplitOptions.TrimEntries).Contains("worker");

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (IsWorker)
        {
            await SignAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsWorker)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await SignAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync signs the rest.
        }
    }

    private async Task SignAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var writer = scope.ServiceProvider.GetRequiredService<CheckpointWriter>();
            if (await writer.WriteAsync(cancellationToken) is { } checkpoint && checkpoint.Size != _size)
            {
                _size = checkpoint.Size;
                // Log lines leave the machine: one more place that remembers what was signed.
                LogSigned(checkpoint.Size, Convert.ToHexStringLower(checkpoint.RootHash));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogInterrupted();
        }
        catch (InvalidDataException exception)
        {
            LogAltered(exception);
        }
        catch (Exception exception)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(LogLevel.Information, "Trail signed: {Size} entries, root {Root}")]
    private partial void LogSigned(long size, string root);

    [LoggerMessage(LogLevel.Warning, "The host stopped before the trail's end was signed; the next start signs it")]
    private partial void LogInterrupted();

    [LoggerMessage(LogLevel.Critical, "The trail was altered and is not signed any more: run the verification")]
    private partial void LogAltered(Exception exception);

    [LoggerMessage(LogLevel.Error, "The trail could not be signed; it is tried again in a minute")]
    private partial void LogFailed(Exception exception);
}
