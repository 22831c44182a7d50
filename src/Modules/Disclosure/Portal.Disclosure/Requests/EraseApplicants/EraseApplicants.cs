using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Shared.Calendars;
using Portal.Shared.Commands;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Throttling;
using Portal.Shared.Ui;
using Portal.Shared.Workers;

namespace Portal.Disclosure.Requests.EraseApplicants;

/// <summary>
/// Destroys the keys of cases whose retention is over: what was sealed with them, in this database, in its backups and in
/// the file store, is then nobody's to read. Steps, outcome and figures stay.
/// </summary>
internal sealed class EraseApplicants(
    RequestSweep sweep, RequestWriter writer, Throttle<DisclosureDbContext> throttle, ISettings settings, TimeProvider clock)
{
    // Requests of the same content are counted by the day.
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var erased = await sweep.RunAsync(
            site =>
            {
                var before = BeijingTime.Date(now).AddYears(-settings.For<RequestSettings>(site.Id).RetentionYears);
                return row => row.State == RequestState.Archived && row.SealedKey != null && row.ClosedOn < before;
            },
            found =>
            {
                found.Request.SealedKey = null;
                found.Request.ApplicantHash = null;
                found.Request.ErasedAt = now;
                writer.Note(found, RequestTrigger.Erase, null, null);
                return Task.CompletedTask;
            },
            cancellationToken);
        await throttle.SweepAsync(LongestWindow, cancellationToken);
        return erased;
    }
}

/// <summary>Once a day.</summary>
internal sealed class RetentionWorker(IServiceScopeFactory scopes, TimeProvider clock, ILogger<RetentionWorker> logger)
    : PollingWorker(TimeSpan.FromMinutes(10), clock, logger)
{
    protected override async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await EraseApplicantsCommand.LoadAsync(scope.ServiceProvider, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<ArchiveCases.ArchiveCases>().RunAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<EraseApplicants>().RunAsync(cancellationToken);
        return TimeSpan.FromDays(1);
    }
}

/// <summary><c>requests erase</c>.</summary>
internal sealed class EraseApplicantsCommand : ICommandLine
{
    public Command Build(IServiceProvider services)
    {
        var erase = new Command("erase", "Destroys the keys of personal data whose retention is over; the worker does so every day.");
        erase.SetAction(async (result, cancellationToken) =>
        {
            await using var scope = services.CreateAsyncScope();
            await LoadAsync(scope.ServiceProvider, cancellationToken);
            var erased = await scope.ServiceProvider.GetRequiredService<EraseApplicants>().RunAsync(cancellationToken);
            await result.InvocationConfiguration.Output.WriteLineAsync($"{erased} cases erased.");
            return 0;
        });
        return new Command("requests", "Requests for information.") { erase };
    }

    /// <summary>A command and a worker that is the first at work come before anybody has loaded these.</summary>
    internal static async Task LoadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<ISites>().EnsureLoadedAsync(cancellationToken);
        await services.GetRequiredService<ISettings>().EnsureLoadedAsync(cancellationToken);
        await services.GetRequiredService<ICalendars>().EnsureLoadedAsync(cancellationToken);
    }
}
