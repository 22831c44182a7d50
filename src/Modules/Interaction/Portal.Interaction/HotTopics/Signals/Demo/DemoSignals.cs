using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Host.Contracts;
using Portal.Interaction.HotTopics.Signals.Surges;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Commands;
using Portal.Shared.Messaging;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics.Signals.Demo;

/// <summary>
/// Signals from every source in every state. The surge is none of the data file: it is worked out from the demo's letters.
/// The feed is off, since the demo asks nobody.
/// </summary>
internal sealed class DemoSignals(
    InteractionDbContext db, FindSurges surges, ISites sites, ICalendars calendars, ISender sender, IServiceProvider services,
    TimeProvider clock) : IDemoSeed
{
    public int Order => 370;

    public async Task SeedAsync(Shared.Commands.Demo demo, CancellationToken cancellationToken)
    {
        if (await db.Signals.AnyAsync(cancellationToken))
        {
            return;
        }

        await calendars.EnsureLoadedAsync(cancellationToken);
        await using var file = File.OpenRead(Path.Combine(demo.Folder, "signals.json"));
        var planned = (await JsonSerializer.DeserializeAsync<Plan>(file, MessageJson.Options, cancellationToken))!;
        var raised = await surges.RunAsync(cancellationToken);
        var written = await RaiseAsync(planned, cancellationToken);
        AddFeeds(planned.Feeds);
        await db.SaveChangesAsync(cancellationToken);
        await JudgeAsync(planned.Judgements, written, cancellationToken);
        demo.Report($"Interaction: {raised} surges found in letters, {written.Count} other signals, {planned.Feeds.Count} feeds");
    }

    private async Task<Dictionary<string, string>> RaiseAsync(Plan planned, CancellationToken cancellationToken)
    {
        Dictionary<string, string> prints = [];
        foreach (var signal in planned.Signals)
        {
            if (sites.ByKey(signal.Site) is { } site)
            {
                var at = DemoClock.Morning(calendars.For(site), clock.GetUtcNow(), signal.Ago, 0);
                prints[signal.Key] = SignalWriter.Fingerprint(signal.Source, "demo", signal.Key);
                await Writer(at).RaiseAsync(
                    [new NoticedSignal(site.Id, signal.Source, signal.Title, Dated(signal, BeijingTime.Date(at)), prints[signal.Key])],
                    null, cancellationToken);
            }
        }

        return prints;
    }

    // Searches are looked at over the days before, as the nightly run does.
    private static SignalEvidence Dated(PlannedSignal signal, DateOnly day) => signal.Source == SignalSource.Search
        ? signal.Evidence with { From = day.AddDays(-SurgeRules.Of(day).SearchDays), To = day.AddDays(-1) }
        : signal.Evidence;

    private void AddFeeds(IReadOnlyList<PlannedFeed> feeds)
    {
        var now = clock.GetUtcNow();
        foreach (var feed in feeds)
        {
            if (sites.ByKey(feed.Site) is { } site)
            {
                db.SignalFeeds.Add(new SignalFeed
                {
                    Id = Guid.CreateVersion7(now),
                    SiteId = site.Id,
                    Name = feed.Name,
                    Address = feed.Address,
                    Words = [.. feed.Words],
                    CreatedAt = now,
                    Version = 1,
                });
            }
        }
    }

    private async Task JudgeAsync(
        IReadOnlyList<PlannedJudgement> judgements, Dictionary<string, string> prints, CancellationToken cancellationToken)
    {
        var people = (await sender.Send(new FindStaff([.. judgements.Select(row => row.By).Distinct()]), cancellationToken))
            .ToDictionary(person => person.UserName, person => new Actor(person.Id, person.Name, person.Unit, []));
        var opened = DateTimeOffset.MinValue;
        foreach (var judgement in judgements)
        {
            var signal = await FindAsync(judgement.Surge, prints.GetValueOrDefault(judgement.Key), cancellationToken);
            if (signal is null || sites.ById(signal.SiteId) is not { } site)
            {
                continue;
            }

            var at = DemoClock.Morning(calendars.For(site), clock.GetUtcNow(), judgement.Ago, 1);
            at = at < signal.NoticedAt ? clock.GetUtcNow() : at;
            // Nothing joins a topic before it is registered.
            at = judgement.Verdict == SignalState.Joined && at < opened ? opened : at;
            opened = judgement.Verdict == SignalState.Opened ? at : opened;
            var topic = judgement.Verdict switch
            {
                SignalState.Opened => await OpenAsync(signal, judgement, at, people[judgement.By], cancellationToken),
                SignalState.Joined => await JoinAsync(signal, judgement, at, people[judgement.By], cancellationToken),
                _ => null,
            };
            Writer(at).Judge(signal, judgement.Verdict, topic?.Id, topic?.Title, judgement.Reason, people[judgement.By]);
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }
    }

    private async Task<Signal?> FindAsync(string surgeOf, string? print, CancellationToken cancellationToken) =>
        sites.ByKey(surgeOf) is { } site
            ? await db.Signals.OrderByDescending(row => row.NoticedAt)
                .FirstOrDefaultAsync(row => row.SiteId == site.Id && row.Source == SignalSource.Surge, cancellationToken)
            : await db.Signals.SingleOrDefaultAsync(row => row.Fingerprint == print, cancellationToken);

    private async Task<HotTopic> OpenAsync(
        Signal signal, PlannedJudgement judgement, DateTimeOffset at, Actor actor, CancellationToken cancellationToken) =>
        (await Intake(at).OpenAsync(
            new NewTopic(signal.SiteId, judgement.Title, signal.NoticedAt, TopicSourceKind.Letters, Place(signal)) { Note = judgement.Reason },
            actor, cancellationToken)).Value;

    private async Task<HotTopic> JoinAsync(
        Signal signal, PlannedJudgement judgement, DateTimeOffset at, Actor actor, CancellationToken cancellationToken)
    {
        var into = (await FindAsync(judgement.IntoSurge, null, cancellationToken))!.TopicId!.Value;
        return (await Intake(at).JoinAsync(
            into, new NewSource(signal.NoticedAt, TopicSourceKind.Csv, Place(signal), judgement.Reason), actor, cancellationToken)).Value.Topic;
    }

    private static string Place(Signal signal) => $"/console/hot-topics/signals/{signal.Id}";

    private SignalWriter Writer(DateTimeOffset at) => ActivatorUtilities.CreateInstance<SignalWriter>(services, new DemoClock(at));

    private TopicIntake Intake(DateTimeOffset at)
    {
        var then = new DemoClock(at);
        return ActivatorUtilities.CreateInstance<TopicIntake>(services, ActivatorUtilities.CreateInstance<TopicWriter>(services, then), then);
    }

    private sealed record Plan(
        IReadOnlyList<PlannedFeed> Feeds, IReadOnlyList<PlannedSignal> Signals, IReadOnlyList<PlannedJudgement> Judgements);

    private sealed record PlannedFeed(string Site, string Name, string Address, IReadOnlyList<string> Words);

    private sealed record PlannedSignal(string Key, string Site, SignalSource Source, string Title, int Ago, SignalEvidence Evidence);

    private sealed record PlannedJudgement
    {
        /// <summary>The key of a signal, or the site whose surge it is about.</summary>
        public string Key { get; init; } = "";

        public string Surge { get; init; } = "";

        public required string By { get; init; }

        public SignalState Verdict { get; init; }

        public int Ago { get; init; }

        public string Title { get; init; } = "";

        /// <summary>The site whose surge became the topic that it joins.</summary>
        public string IntoSurge { get; init; } = "";

        public required string Reason { get; init; }
    }
}
