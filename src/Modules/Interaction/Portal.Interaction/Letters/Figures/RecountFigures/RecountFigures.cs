using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Shared.Workers;

namespace Portal.Interaction.Letters.Figures.RecountFigures;

/// <summary>Folds what was added to the figures, and counts them all anew from the letters.</summary>
internal sealed class RecountFigures(InteractionDbContext db, LetterCalendars calendars)
{
    private const int Chunk = 10_000;
    private const int FillChunk = 200;

    /// <summary>Folds the changes into the figures, in one statement; answers how many.</summary>
    public async Task<int> FoldAsync(CancellationToken cancellationToken)
    {
        var folded = 0;
        int last;
        do
        {
            last = (await db.Database.SqlQuery<int>(
                $"""
                with taken as (
                  delete from interaction.letter_count_changes where id in (
                    select id from interaction.letter_count_changes order by id limit {Chunk} for update skip locked)
                  returning *),
                summed as (
                  select site_id, month, unit_site_id, kind, sum(received)::int received, sum(accepted)::int accepted,
                    sum(not_accepted)::int not_accepted, sum(dropped)::int dropped, sum(answered)::int answered, sum(on_time)::int on_time,
                    sum(workdays)::int workdays, sum(rated)::int rated, sum(satisfied)::int satisfied
                  from taken group by site_id, month, unit_site_id, kind order by site_id, month, unit_site_id, kind),
                written as (
                  insert into interaction.letter_counts as c (site_id, month, unit_site_id, kind, received, accepted, not_accepted, dropped,
                    answered, on_time, workdays, rated, satisfied)
                  select * from summed
                  on conflict (site_id, month, unit_site_id, kind) do update set
                    received = c.received + excluded.received, accepted = c.accepted + excluded.accepted,
                    not_accepted = c.not_accepted + excluded.not_accepted, dropped = c.dropped + excluded.dropped,
                    answered = c.answered + excluded.answered, on_time = c.on_time + excluded.on_time,
                    workdays = c.workdays + excluded.workdays, rated = c.rated + excluded.rated, satisfied = c.satisfied + excluded.satisfied
                  returning 1)
                select count(*)::int as "Value" from taken
                """).ToListAsync(cancellationToken))[0];
            folded += last;
        }
        while (last == Chunk);
        return folded;
    }

    /// <summary>
    /// Works out what replies of an older release did not keep, working days and punctuality, from the steps. Answers how many
    /// letters it filled in; figures follow with <see cref="RecountAsync"/>.
    /// </summary>
    public async Task<int> FillAsync(CancellationToken cancellationToken)
    {
        var filled = 0;
        var last = Guid.Empty;
        while (true)
        {
            var letters = await db.Letters.AsNoTracking()
                .Where(row => row.RepliedOn != null && (row.Workdays == null || row.OnTime == null) && row.Id > last)
                .OrderBy(row => row.Id).Take(FillChunk).ToListAsync(cancellationToken);
            if (letters.Count == 0)
            {
                return filled;
            }

            Guid[] ids = [.. letters.Select(row => row.Id)];
            var steps = (await db.LetterEvents.AsNoTracking().Where(row => ids.Contains(row.LetterId))
                .OrderBy(row => row.Sequence).ToListAsync(cancellationToken)).ToLookup(row => row.LetterId);
            foreach (var letter in letters)
            {
                var found = new LetterCase(letter, [.. steps[letter.Id]], [], calendars.Of(letter.SiteId));
                if (found.AnsweredFromSteps() is { } answered)
                {
                    // No step: the version stays, forms that are open stay good.
                    var (id, workdays, onTime) = (letter.Id, answered.Workdays, answered.OnTime);
                    filled += await db.Letters.Where(row => row.Id == id && (row.Workdays == null || row.OnTime == null)).ExecuteUpdateAsync(
                        row => row.SetProperty(entity => entity.Workdays, workdays).SetProperty(entity => entity.OnTime, onTime), cancellationToken);
                }
            }

            last = ids[^1];
        }
    }

    /// <summary>Counts all figures anew; letters wait for the seconds that it takes. Answers how many letters there are.</summary>
    public async Task<int> RecountAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"lock table interaction.letters in share row exclusive mode", cancellationToken);
        await db.LetterCountChanges.ExecuteDeleteAsync(cancellationToken);
        await db.LetterCounts.ExecuteDeleteAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into interaction.letter_counts (site_id, month, unit_site_id, kind, received, accepted, not_accepted, dropped, answered,
              on_time, workdays, rated, satisfied)
            select site_id, date_trunc('month', submitted_at at time zone 'Asia/Shanghai')::date, coalesce(lead_site_id, site_id), kind,
              count(*), count(accepted_on), count(*) filter (where state = 'NotAccepted'),
              count(*) filter (where state in ('Merged', 'Withdrawn')), count(replied_on), count(*) filter (where on_time),
              coalesce(sum(workdays), 0), count(rating), count(*) filter (where rating >= 4)
            from interaction.letters group by 1, 2, 3, 4
            """, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return await db.Letters.CountAsync(cancellationToken);
    }

    /// <summary><c>letters recount</c>.</summary>
    internal static Command Command(IServiceProvider services)
    {
        var recount = new Command("recount", "Works out what older replies did not keep, and counts the public figures of letters anew; the worker keeps them up to date otherwise.");
        recount.SetAction(async (result, cancellationToken) =>
        {
            await using var scope = services.CreateAsyncScope();
            await SweepLetters.LettersCommand.LoadAsync(scope.ServiceProvider, cancellationToken);
            var figures = scope.ServiceProvider.GetRequiredService<RecountFigures>();
            var filled = await figures.FillAsync(cancellationToken);
            var letters = await figures.RecountAsync(cancellationToken);
            await result.InvocationConfiguration.Output.WriteLineAsync($"{filled} replies worked out, {letters} letters counted.");
            return 0;
        });
        return recount;
    }
}

/// <summary>Every minute.</summary>
internal sealed class RecountFiguresWorker(IServiceScopeFactory scopes, TimeProvider clock, ILogger<RecountFiguresWorker> logger)
    : PollingWorker(TimeSpan.FromMinutes(5), clock, logger)
{
    protected override async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RecountFigures>().FoldAsync(cancellationToken);
        return TimeSpan.FromMinutes(1);
    }
}
