using System.CommandLine;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Shared.Calendars;
using Portal.Shared.Commands;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Throttling;
using Portal.Shared.Ui;
using Portal.Shared.Workers;

namespace Portal.Interaction.Letters.SweepLetters;

/// <summary>
/// The platform's own steps: closes letters whose writer has had the reply for long enough, and destroys the keys of
/// those whose retention is over. What was sealed, in this database, in its backups and in the file store, is then
/// nobody's to read; steps, outcome and figures stay.
/// </summary>
internal sealed class SweepLetters(
    InteractionDbContext db, LetterWriter writer, Throttle<InteractionDbContext> throttle, ISites sites, ISettings settings, TimeProvider clock)
{
    // Letters of the same content are counted by the day.
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1);

    private const int ChunkSize = 100;

    private DateOnly Today => BeijingTime.Date(clock.GetUtcNow());

    /// <summary>Closes what is due; answers how many.</summary>
    public Task<int> CloseAsync(CancellationToken cancellationToken) => RunAsync(
        site =>
        {
            var before = Today.AddDays(-settings.For<LetterSettings>(site.Id).CloseDays);
            return row => (row.State == LetterState.Replied || row.State == LetterState.Rated) && row.RepliedOn < before;
        },
        async found =>
        {
            var taken = await writer.TakeAsync(
                found, new LetterInput { Trigger = LetterTrigger.Close }, LetterParty.Platform, null, cancellationToken);
            if (!taken.Succeeded)
            {
                throw new InvalidOperationException($"The letter {found.Letter.Number} cannot be closed.");
            }
        },
        cancellationToken);

    /// <summary>Erases what is due; answers how many.</summary>
    public Task<int> EraseAsync(CancellationToken cancellationToken) => RunAsync(
        site =>
        {
            var before = Today.AddYears(-settings.For<LetterSettings>(site.Id).RetentionYears);
            return row => row.SealedKey != null && row.ClosedOn < before && LetterFlow.Ended.Contains(row.State);
        },
        found =>
        {
            found.Letter.SealedKey = null;
            found.Letter.Subject = "";
            found.Letter.ErasedAt = clock.GetUtcNow();
            writer.Note(found, LetterTrigger.Erase, null, null);
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Deletes counts of tries that no limit looks at any more.</summary>
    public Task ForgetTriesAsync(CancellationToken cancellationToken) => throttle.SweepAsync(LongestWindow, cancellationToken);

    // A chunk is saved at once; after its step a letter is due no more.
    private async Task<int> RunAsync(
        Func<SiteInfo, Expression<Func<Letter, bool>>> due, Func<LetterCase, Task> step, CancellationToken cancellationToken)
    {
        var taken = 0;
        foreach (var site in sites.All)
        {
            var isDue = due(site);
            List<Guid> ids;
            do
            {
                ids = await db.Letters.AsNoTracking().Where(row => row.SiteId == site.Id).Where(isDue)
                    .OrderBy(row => row.Id).Select(row => row.Id).Take(ChunkSize).ToListAsync(cancellationToken);
                foreach (var id in ids)
                {
                    await step((await writer.FindAsync(id, cancellationToken))!);
                }

                await db.SaveChangesAsync(cancellationToken);
                db.ChangeTracker.Clear();
                taken += ids.Count;
            }
            while (ids.Count == ChunkSize);
        }

        return taken;
    }
}

/// <summary>Once a day.</summary>
internal sealed class LetterWorker(IServiceScopeFactory scopes, TimeProvider clock, ILogger<LetterWorker> logger)
    : PollingWorker(TimeSpan.FromMinutes(10), clock, logger)
{
    protected override async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await LettersCommand.LoadAsync(scope.ServiceProvider, cancellationToken);
        var sweep = scope.ServiceProvider.GetRequiredService<SweepLetters>();
        await sweep.CloseAsync(cancellationToken);
        await sweep.EraseAsync(cancellationToken);
        await sweep.ForgetTriesAsync(cancellationToken);
        return TimeSpan.FromDays(1);
    }
}

/// <summary><c>letters sweep</c>.</summary>
internal sealed class LettersCommand : ICommandLine
{
    public Command Build(IServiceProvider services)
    {
        var sweep = new Command(
            "sweep", "Closes letters that were answered long enough ago and destroys the keys of personal data whose retention is over; the worker does so every day.");
        sweep.SetAction(async (result, cancellationToken) =>
        {
            await using var scope = services.CreateAsyncScope();
            await LoadAsync(scope.ServiceProvider, cancellationToken);
            var letters = scope.ServiceProvider.GetRequiredService<SweepLetters>();
            var closed = await letters.CloseAsync(cancellationToken);
            var erased = await letters.EraseAsync(cancellationToken);
            await letters.ForgetTriesAsync(cancellationToken);
            await result.InvocationConfiguration.Output.WriteLineAsync($"{closed} letters closed, {erased} erased.");
            return 0;
        });
        return new Command("letters", "Letters to the mailboxes.") { sweep, Figures.RecountFigures.RecountFigures.Command(services) };
    }

    /// <summary>A command and a worker that is the first at work come before anybody has loaded these.</summary>
    internal static async Task LoadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<ISites>().EnsureLoadedAsync(cancellationToken);
        await services.GetRequiredService<ISettings>().EnsureLoadedAsync(cancellationToken);
        await services.GetRequiredService<ICalendars>().EnsureLoadedAsync(cancellationToken);
    }
}
