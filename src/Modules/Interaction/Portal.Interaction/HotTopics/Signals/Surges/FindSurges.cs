using Microsoft.EntityFrameworkCore;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics.Signals.Surges;

/// <summary>
/// Compares what the letters and error reports of the last days are about with the weeks before, region by region. The
/// window is read twice and the weeks before once, and only when there is something to compare.
/// </summary>
internal sealed class FindSurges(InteractionDbContext db, HeardTexts texts, SignalWriter writer, ISites sites, TimeProvider clock)
{
    private const int MostOthers = 8;

    /// <summary>Raises what is new; answers how many.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var today = BeijingTime.Date(clock.GetUtcNow());
        var rule = SurgeRules.Of(today);
        var raised = 0;
        foreach (var (portal, region) in sites.Regions())
        {
            raised += await RunAsync(portal, [.. region.Select(site => site.Id)], today, rule, cancellationToken);
        }

        return raised;
    }

    private async Task<int> RunAsync(
        SiteInfo portal, Guid[] region, DateOnly today, SurgeRule rule, CancellationToken cancellationToken)
    {
        var (from, to) = (BeijingTime.StartOf(today.AddDays(-rule.WindowDays)), BeijingTime.StartOf(today));
        var window = new PhraseWindow(rule, StopPhrases.Current);
        await foreach (var (_, text) in texts.ReadAsync(region, from, to, cancellationToken))
        {
            window.Survey(text);
        }

        if (window.Voices < rule.MinimumVoices)
        {
            return 0;
        }

        window.Surveyed();
        await foreach (var (_, text) in texts.ReadAsync(region, from, to, cancellationToken))
        {
            window.Count(text);
        }

        var frequent = window.Frequent();
        if (frequent.Count == 0)
        {
            return 0;
        }

        var baseline = new PhraseBaseline(rule, StopPhrases.Current, frequent.Select(phrase => phrase.Phrase));
        var first = today.AddDays(-rule.WindowDays * (rule.BaselineWeeks + 1));
        await foreach (var (at, text) in texts.ReadAsync(region, BeijingTime.StartOf(first), from, cancellationToken))
        {
            var ago = today.AddDays(-rule.WindowDays).DayNumber - BeijingTime.Date(at).DayNumber - 1;
            baseline.Count(ago / rule.WindowDays, text);
        }

        var surges = SurgeTest.Find(frequent, window.Voices, baseline, rule);
        return await RaiseAsync(portal, surges, window.Voices, baseline.Totals, today, rule, cancellationToken);
    }

    // The same matter is not raised anew as long as it goes on; what is still to be judged shows its latest figures.
    private async Task<int> RaiseAsync(
        SiteInfo portal, IReadOnlyList<Surge> surges, int total, IReadOnlyList<int> totals, DateOnly today, SurgeRule rule,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var since = now.AddDays(-rule.QuietDays);
        var known = await db.Signals
            .Where(row => row.SiteId == portal.Id && row.Source == SignalSource.Surge && row.SeenAt >= since)
            .OrderByDescending(row => row.SeenAt).ToListAsync(cancellationToken);
        List<NoticedSignal> fresh = [];
        foreach (var surge in surges)
        {
            var evidence = Evidence(surge, total, totals, today, rule);
            if (known.Find(signal => IsSame(surge, signal, rule)) is { } signal)
            {
                signal.SeenAt = now;
                signal.Evidence = signal.State == SignalState.Open ? evidence : signal.Evidence;
            }
            else
            {
                fresh.Add(new NoticedSignal(
                    portal.Id, SignalSource.Surge, surge.Phrase, evidence,
                    SignalWriter.Fingerprint(SignalSource.Surge, surge.Phrase, Text(today))));
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        var raised = await writer.RaiseAsync(fresh, null, cancellationToken);
        db.ChangeTracker.Clear();
        return raised;
    }

    private static bool IsSame(Surge surge, Signal signal, SurgeRule rule) =>
        surge.Others.Append(surge.Phrase).Any(phrase =>
            phrase.Contains(signal.Title, StringComparison.Ordinal) || signal.Title.Contains(phrase, StringComparison.Ordinal))
        || surge.References.Count(signal.Evidence.References.Contains)
            >= rule.SameShare * Math.Min(surge.References.Count, Math.Max(1, signal.Evidence.References.Count));

    private static SignalEvidence Evidence(Surge surge, int total, IReadOnlyList<int> totals, DateOnly today, SurgeRule rule) => new()
    {
        From = today.AddDays(-rule.WindowDays),
        To = today.AddDays(-1),
        Count = surge.Voices,
        Total = total,
        Expected = Math.Round(surge.Expected, 2),
        Chance = surge.Chance,
        Weeks =
        [
            .. surge.Weeks.Select((voices, week) =>
                new SignalWeek(today.AddDays(-rule.WindowDays * (week + 2)), voices, totals[week])),
        ],
        Others = [.. surge.Others.Take(MostOthers)],
        References = [.. surge.References.Take(rule.MostReferences)],
        ReferenceCount = surge.References.Count,
        Rule = Text(rule.From) + " / " + StopPhrases.Current.Version,
    };

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
