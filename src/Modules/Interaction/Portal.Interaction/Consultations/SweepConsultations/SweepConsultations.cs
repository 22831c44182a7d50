using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Shared.Commands;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Workers;

namespace Portal.Interaction.Consultations.SweepConsultations;

/// <summary>
/// Destroys the keys of opinions whose retention is over. What was sealed, in this database, in its backups and in the file
/// store, is then nobody's to read; what was shown, what became of it and the counts stay.
/// </summary>
internal sealed class SweepConsultations(InteractionDbContext db, ISites sites, ISettings settings, TimeProvider clock)
{
    private const int ChunkSize = 200;

    /// <summary>Erases what is due; answers how many opinions.</summary>
    public async Task<int> EraseAsync(CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var site in sites.All)
        {
            var before = clock.Today().AddYears(-settings.For<ConsultationSettings>(site.Id).RetentionYears);
            var due = await db.Consultations
                .Where(row => row.SiteId == site.Id
                    && ((row.State == ConsultationState.Reported && row.ReportedOn < before)
                        || (row.State == ConsultationState.Cancelled && row.CancelledOn < before))
                    && db.Opinions.Any(opinion => opinion.ConsultationId == row.Id && opinion.SealedKey != null))
                .OrderBy(row => row.Id).ToListAsync(cancellationToken);
            foreach (var row in due)
            {
                erased += await EraseAsync(row, cancellationToken);
            }

            db.ChangeTracker.Clear();
        }

        return erased;
    }

    // A chunk is saved at once with its step; after it those opinions are due no more.
    private async Task<int> EraseAsync(Consultation row, CancellationToken cancellationToken)
    {
        var erased = 0;
        List<Opinion> chunk;
        do
        {
            chunk = await db.Opinions.Where(opinion => opinion.ConsultationId == row.Id && opinion.SealedKey != null)
                .OrderBy(opinion => opinion.Id).Take(ChunkSize).ToListAsync(cancellationToken);
            var now = clock.GetUtcNow();
            foreach (var opinion in chunk)
            {
                opinion.SealedKey = null;
                opinion.ErasedAt = now;
                opinion.Version++;
            }

            if (chunk.Count > 0)
            {
                db.AddStep(
                    row, ConsultationTrigger.Erase, null, now, null, null,
                    ("opinions", chunk.Count.ToString(CultureInfo.InvariantCulture)));
            }

            await db.SaveChangesAsync(cancellationToken);
            erased += chunk.Count;
        }
        while (chunk.Count == ChunkSize);
        return erased;
    }
}

/// <summary>Once a day.</summary>
internal sealed class ConsultationWorker(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ConsultationWorker> logger)
    : PollingWorker(TimeSpan.FromMinutes(10), clock, logger)
{
    protected override async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await ConsultationsCommand.LoadAsync(scope.ServiceProvider, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<SweepConsultations>().EraseAsync(cancellationToken);
        return TimeSpan.FromDays(1);
    }
}

/// <summary><c>consultations sweep</c>.</summary>
internal sealed class ConsultationsCommand : ICommandLine
{
    public Command Build(IServiceProvider services)
    {
        var sweep = new Command(
            "sweep", "Destroys the keys of personal data in opinions whose retention is over; the worker does so every day.");
        sweep.SetAction(async (result, cancellationToken) =>
        {
            await using var scope = services.CreateAsyncScope();
            await LoadAsync(scope.ServiceProvider, cancellationToken);
            var erased = await scope.ServiceProvider.GetRequiredService<SweepConsultations>().EraseAsync(cancellationToken);
            await result.InvocationConfiguration.Output.WriteLineAsync($"{erased} opinions erased.");
            return 0;
        });
        return new Command("consultations", "Consultations and the opinions given to them.") { sweep };
    }

    /// <summary>A command and a worker that is the first at work come before anybody has loaded these.</summary>
    internal static async Task LoadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<ISites>().EnsureLoadedAsync(cancellationToken);
        await services.GetRequiredService<ISettings>().EnsureLoadedAsync(cancellationToken);
    }
}
