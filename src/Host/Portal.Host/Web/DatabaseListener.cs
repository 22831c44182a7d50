using Npgsql;
using Portal.Host.Administration;
using Portal.Host.Calendars;
using Portal.Host.Sites;
using Portal.Shared.Modules;
using Portal.Shared.Web;

namespace Portal.Host.Web;

/// <summary>
/// Keeps what this process holds in memory in step with the database: evicts pages, reloads sites, settings and
/// calendars when told, and anyway every few seconds, because a notification is lost when the connection is.
/// </summary>
internal sealed partial class DatabaseListener(
    ModuleRegistry modules,
    ModuleDataSources sources,
    PageCache pages,
    SiteDirectory sites,
    EffectiveSettings settings,
    CalendarDirectory calendars,
    ILogger<DatabaseListener> logger) : BackgroundService
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogBroken(exception.Message);
                await Task.Delay(Retry, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await sources.OpenOwnAsync(modules.All[0], cancellationToken);
        var heard = new Queue<NpgsqlNotificationEventArgs>();
        connection.Notification += (_, notification) => heard.Enqueue(notification);
        await using (var listen = new NpgsqlCommand(
            $"listen {PageCache.Channel}; listen {SiteDirectory.Channel}; listen {EffectiveSettings.Channel}; "
            + $"listen {CalendarDirectory.Channel}",
            connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        // From here on nothing is missed; whatever was before is dropped.
        await pages.EvictAllHereAsync(cancellationToken);
        await sites.RefreshAsync(cancellationToken);
        await settings.RefreshAsync(cancellationToken);
        await calendars.RefreshAsync(cancellationToken);
        while (true)
        {
            var quiet = !await connection.WaitAsync(Refresh, cancellationToken);
            var (sitesChanged, settingsChanged, calendarsChanged) = (quiet, quiet, quiet);
            while (heard.TryDequeue(out var notification))
            {
                sitesChanged |= notification.Channel == SiteDirectory.Channel;
                settingsChanged |= notification.Channel == EffectiveSettings.Channel;
                calendarsChanged |= notification.Channel == CalendarDirectory.Channel;
                if (notification.Channel == PageCache.Channel)
                {
                    await pages.HearAsync(notification.Payload, cancellationToken);
                }
            }

            if (sitesChanged)
            {
                await sites.RefreshAsync(cancellationToken);
            }

            if (settingsChanged)
            {
                await settings.RefreshAsync(cancellationToken);
            }

            // A page that was read between the publication and this would show days of the former calendar.
            if (calendarsChanged && await calendars.RefreshAsync(cancellationToken))
            {
                await pages.EvictHereAsync([CacheTags.Calendar], cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The listener lost its database ({Reason}); it tries again in a second")]
    private partial void LogBroken(string reason);
}
