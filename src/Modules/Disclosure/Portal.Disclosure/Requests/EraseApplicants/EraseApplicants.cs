using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Shared.Calendars;
using Portal.Shared.Commands;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Workers;

namespace Portal.Disclosure.Requests.EraseApplicants;

/// <summary>
/// Destroys the keys of cases whose retention is over: what was sealed with them, in this database, in its backups and in
/// the file store, is then nobody's to read. Steps, outcome and figures stay.
/// </summary>
internal sealed class EraseApplicants(
    DisclosureDbContext db, RequestWriter writer, ISites sites, ISettings settings, TimeProvider clock)
{
    private const int ChunkSize = 100;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var today = BeijingTime.Date(clock.GetUtcNow());
        var erased = 0;
        foreach (var site in sites.All)
        {
            var before = today.AddYears(-settings.For<RequestSettings>(site.Id).RetentionYears);
            List<Guid> ids;
            do
            {
                ids = await db.Requests.AsNoTracking()
                    .Where(row => row.SiteId == site.Id && row.State == RequestState.Archived && row.SealedKey != null && row.ClosedOn < before)
                    .OrderBy(row => row.Id).Select(row => row.Id).Take(ChunkSize).ToListAsync(cancellationToken);
                foreach (var id in ids)
                {
                    var found = (await writer.FindAsync(id, cancellationToken))!;
                    found.Request.SealedKey = null;
                    found.Request.ApplicantHash = null;
                    found.Request.ErasedAt = clock.GetUtcNow();
                    writer.Note(found, RequestTrigger.Erase, null, null);
                    erased++;
                }

                await db.SaveChangesAsync(cancellationToken);
                db.ChangeTracker.Clear();
            }
            while (ids.Count == ChunkSize);
        }

        await db.Set<RequestWindow>().Where(window => window.StartsAt < clock.GetUtcNow().AddDays(-3)).ExecuteDeleteAsync(cancellationToken);
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
