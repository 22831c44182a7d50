using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Contracts;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics.Signals.Surges;

/// <summary>What visitors of a site look for again and again, and do not find.</summary>
internal sealed class FindFruitlessSearches(InteractionDbContext db, ISender sender, SignalWriter writer, TimeProvider clock)
{
    private const int Most = 200;

    /// <summary>Raises what is new; answers how many.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = BeijingTime.Date(now);
        var rule = SurgeRules.Of(today);
        var from = today.AddDays(-rule.SearchDays);
        var searches = await sender.Send(
            new ListFruitlessSearches(from, today, rule.SearchTimes, rule.SearchOnDays, Most), cancellationToken);
        if (searches.Count == 0)
        {
            return 0;
        }

        var (since, terms) = (now.AddDays(-rule.QuietDays), searches.Select(search => search.Term).ToArray());
        var known = await db.Signals
            .Where(row => row.Source == SignalSource.Search && row.SeenAt >= since && terms.Contains(row.Title))
            .ToListAsync(cancellationToken);
        List<NoticedSignal> fresh = [];
        foreach (var search in searches)
        {
            SignalEvidence evidence = new()
            {
                From = from,
                To = today.AddDays(-1),
                Count = search.Times,
                Days = search.Days,
                Rule = rule.From.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            };
            if (known.Find(signal => signal.SiteId == search.SiteId && signal.Title == search.Term) is { } signal)
            {
                signal.SeenAt = now;
                signal.Evidence = signal.State == SignalState.Open ? evidence : signal.Evidence;
            }
            else
            {
                fresh.Add(new NoticedSignal(
                    search.SiteId, SignalSource.Search, search.Term, evidence,
                    SignalWriter.Fingerprint(SignalSource.Search, search.Term, today.DayNumber.ToString(System.Globalization.CultureInfo.InvariantCulture))));
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        var raised = await writer.RaiseAsync(fresh, null, cancellationToken);
        db.ChangeTracker.Clear();
        return raised;
    }
}
