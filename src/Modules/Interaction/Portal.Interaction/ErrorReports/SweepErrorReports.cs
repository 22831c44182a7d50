using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Interaction.Letters.SweepLetters;
using Portal.Shared.Commands;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Workers;

namespace Portal.Interaction.ErrorReports;

/// <summary>
/// The platform's own steps: closes reports that were answered long enough ago, and destroys the keys of what was written
/// when its retention is over. Steps, outcome and figures stay.
/// </summary>
internal sealed class SweepErrorReports(
    InteractionDbContext db, ErrorReportWriter writer, ISites sites, ISettings settings, TimeProvider clock)
{
    private const int ChunkSize = 100;

    private DateOnly Today => BeijingTime.Date(clock.GetUtcNow());

    /// <summary>Closes what is due; answers how many.</summary>
    public Task<int> CloseAsync(CancellationToken cancellationToken) => RunAsync(
        site =>
        {
            var before = Today.AddDays(-settings.For<ErrorReportSettings>(site.Id).CloseDays);
            return db.ErrorReports.Where(row => row.SiteId == site.Id && row.State == ErrorState.Answered && row.AnsweredOn < before);
        },
        async found =>
        {
            var taken = await writer.TakeAsync(
                found, new ErrorInput { Trigger = ErrorTrigger.Close }, ErrorParty.Platform, null, cancellationToken);
            if (!taken.Succeeded)
            {
                throw new InvalidOperationException($"The report {found.Report.Number} cannot be closed.");
            }
        },
        cancellationToken);

    /// <summary>Erases what is due; answers how many.</summary>
    public Task<int> EraseAsync(CancellationToken cancellationToken) => RunAsync(
        site =>
        {
            var before = Today.AddYears(-settings.For<ErrorReportSettings>(site.Id).RetentionYears);
            return db.ErrorReports.Where(row =>
                row.SiteId == site.Id && row.SealedKey != null && row.ClosedOn < before && ErrorReportFlow.Ended.Contains(row.State));
        },
        found =>
        {
            found.Report.SealedKey = null;
            found.Report.Answer = null;
            found.Report.ErasedAt = clock.GetUtcNow();
            writer.Note(found, ErrorTrigger.Erase, null, null);
            return Task.CompletedTask;
        },
        cancellationToken);

    // A chunk is saved at once; after its step a report is due no more.
    private async Task<int> RunAsync(
        Func<SiteInfo, IQueryable<ErrorReport>> due, Func<ErrorCase, Task> step, CancellationToken cancellationToken)
    {
        var taken = 0;
        foreach (var site in sites.All)
        {
            List<ErrorReport> chunk;
            do
            {
                chunk = await due(site).OrderBy(row => row.Id).Take(ChunkSize).ToListAsync(cancellationToken);
                foreach (var report in chunk)
                {
                    await step(await writer.CaseAsync(report, cancellationToken));
                }

                await db.SaveChangesAsync(cancellationToken);
                db.ChangeTracker.Clear();
                taken += chunk.Count;
            }
            while (chunk.Count == ChunkSize);
        }

        return taken;
    }
}

/// <summary>Once a day.</summary>
internal sealed class ErrorReportWorker(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ErrorReportWorker> logger)
    : PollingWorker(TimeSpan.FromMinutes(10), clock, logger)
{
    protected override async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await LettersCommand.LoadAsync(scope.ServiceProvider, cancellationToken);
        var sweep = scope.ServiceProvider.GetRequiredService<SweepErrorReports>();
        await sweep.CloseAsync(cancellationToken);
        await sweep.EraseAsync(cancellationToken);
        return TimeSpan.FromDays(1);
    }
}

/// <summary><c>error-reports sweep</c>.</summary>
internal sealed class ErrorReportsCommand : ICommandLine
{
    public Command Build(IServiceProvider services)
    {
        var sweep = new Command(
            "sweep", "Closes error reports that were answered long enough ago and destroys the keys of what was written when its retention is over; the worker does so every day.");
        sweep.SetAction(async (result, cancellationToken) =>
        {
            await using var scope = services.CreateAsyncScope();
            await LettersCommand.LoadAsync(scope.ServiceProvider, cancellationToken);
            var reports = scope.ServiceProvider.GetRequiredService<SweepErrorReports>();
            var closed = await reports.CloseAsync(cancellationToken);
            var erased = await reports.EraseAsync(cancellationToken);
            await result.InvocationConfiguration.Output.WriteLineAsync($"{closed} error reports closed, {erased} erased.");
            return 0;
        });
        return new Command("error-reports", "Reports of errors on pages.") { sweep };
    }
}
