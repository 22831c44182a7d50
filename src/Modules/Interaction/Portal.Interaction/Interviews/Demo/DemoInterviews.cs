using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Host.Contracts;
using Portal.Interaction.Announcements;
using Portal.Interaction.Letters;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Commands;
using Portal.Shared.Messaging;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.Interviews.Demo;

/// <summary>
/// Interviews in every state, with invented people. They take the same steps as any other, at the times of the data file;
/// what they announce goes on to the three reviews with whatever else was composed.
/// </summary>
internal sealed class DemoInterviews(
    InteractionDbContext db, ISites sites, ICalendars calendars, LetterKeyring keyring, ISender sender, IServiceProvider services,
    TimeProvider clock) : IDemoSeed
{
    // Whoever is on air in the demo has been so for a quarter of an hour.
    private static readonly TimeSpan OnAir = TimeSpan.FromMinutes(15);

    public int Order => 315;

    public async Task SeedAsync(Shared.Commands.Demo demo, CancellationToken cancellationToken)
    {
        await calendars.EnsureLoadedAsync(cancellationToken);
        await using var file = File.OpenRead(Path.Combine(demo.Folder, "interviews.json"));
        var planned = (await JsonSerializer.DeserializeAsync<List<Planned>>(file, MessageJson.Options, cancellationToken))!;
        var people = (await sender.Send(new FindStaff([.. planned.Select(one => one.By).Distinct()]), cancellationToken))
            .ToDictionary(person => person.UserName, person => new Actor(person.Id, person.Name, person.Unit, []));
        var added = 0;
        foreach (var one in planned)
        {
            if (sites.ByKey(one.Site) is { } site
                && !await db.Interviews.AnyAsync(row => row.SiteId == site.Id && row.Key == one.Key, cancellationToken))
            {
                await AddAsync(one, site, people[one.By], cancellationToken);
                db.ChangeTracker.Clear();
                added++;
            }
        }

        demo.Report($"Interaction: {added} interviews");
    }

    private async Task AddAsync(Planned planned, SiteInfo site, Actor actor, CancellationToken cancellationToken)
    {
        var start = planned.StartsAt ?? clock.GetUtcNow() - OnAir;
        var announced = planned.AnnouncedAt ?? start.AddDays(-7);
        var opened = announced.AddDays(-3);
        var then = new DemoClock(opened < clock.GetUtcNow() ? opened : clock.GetUtcNow());
        var signals = ActivatorUtilities.CreateInstance<InterviewSignals>(services, then);
        var stage = ActivatorUtilities.CreateInstance<InterviewStage>(services, signals, then);
        var writer = ActivatorUtilities.CreateInstance<InterviewWriter>(services, signals, then);
        var desk = ActivatorUtilities.CreateInstance<AnnouncementDesk>(services, then);
        var papers = ActivatorUtilities.CreateInstance<InterviewPapers>(services, stage);
        var interview = new Interview
        {
            Id = Guid.CreateVersion7(then.Now),
            SiteId = site.Id,
            Key = planned.Key,
            Topic = planned.Topic,
            Summary = planned.Summary,
            Guests = planned.Guests,
            Host = planned.Host,
            Place = planned.Place,
            StartsAt = start,
            Minutes = planned.Minutes,
            Version = 1,
        };
        InterviewGrams.Set(interview);
        writer.Open(interview, actor);
        await db.SaveChangesAsync(cancellationToken);
        async Task Take(InterviewTrigger trigger, DateTimeOffset at, InterviewInput? input = null)
        {
            then.Now = at;
            db.ChangeTracker.Clear();
            var platform = trigger is InterviewTrigger.Announce;
            var found = (await writer.FindAsync(interview.Id, cancellationToken))!;
            var taken = await writer.TakeAsync(
                found, (input ?? new()) with { Trigger = trigger }, platform ? InterviewParty.Platform : InterviewParty.Editor,
                platform ? null : actor, cancellationToken);
            Expect(planned, trigger.ToString(), taken.Failure);
            var draft = trigger switch
            {
                InterviewTrigger.SubmitAnnouncement => papers.Notice(found.Interview),
                InterviewTrigger.SubmitTranscript => await papers.TranscriptAsync(found.Interview, planned.Digest, cancellationToken),
                _ => null,
            };
            if (draft is not null)
            {
                Expect(planned, trigger.ToString(), (await desk.SubmitAsync(draft, actor, cancellationToken)).Failure);
            }
        }

        bool Ends(InterviewState state) => planned.State == state;
        if (Ends(InterviewState.Planned))
        {
            return;
        }

        await Take(InterviewTrigger.SubmitAnnouncement, announced.AddDays(-1));
        if (Ends(InterviewState.AnnouncementUnderReview))
        {
            return;
        }

        await Take(InterviewTrigger.Announce, announced);
        await Take(InterviewTrigger.OpenQuestions, announced);
        await AskAsync(planned, interview.Id, announced, then, signals, cancellationToken);
        if (Ends(InterviewState.Postponed) || Ends(InterviewState.Cancelled))
        {
            var at = BeijingTime.In(planned.NewStart ?? start);
            await Take(
                Ends(InterviewState.Postponed) ? InterviewTrigger.Postpone : InterviewTrigger.Cancel, announced.AddDays(2),
                new InterviewInput
                {
                    Reason = planned.Reason,
                    Day = at.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                    Time = at.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture),
                });
            return;
        }

        if (Ends(InterviewState.CollectingQuestions))
        {
            return;
        }

        await Take(InterviewTrigger.Start, start);
        foreach (var (line, index) in planned.Lines.Select((line, index) => (line, index)))
        {
            then.Now = start.AddSeconds(40 + (index * (Ends(InterviewState.Live) ? 75 : 95)));
            await SayAsync(planned, interview.Id, stage, line, index, actor, cancellationToken);
        }

        if (Ends(InterviewState.Live))
        {
            return;
        }

        await Take(InterviewTrigger.End, start.AddMinutes(planned.Minutes), new InterviewInput { Sure = true });
        if (!Ends(InterviewState.Ended))
        {
            await Take(InterviewTrigger.SubmitTranscript, start.AddMinutes(planned.Minutes + 90), new InterviewInput { Digest = planned.Digest });
        }
    }

    private async Task SayAsync(
        Planned planned, Guid id, InterviewStage stage, PlannedLine line, int index, Actor actor, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var interview = await db.Interviews.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        var question = line.Question > 0 ? FormOf(planned, line.Question) : (Guid?)null;
        var said = await stage.SayAsync(
            interview,
            new UtteranceInput
            {
                FormId = IdOf($"{planned.Site}/{planned.Key} line {index}").ToString("N"),
                Speaker = line.Speaker,
                Text = line.Text,
                Replaces = line.Replaces,
                QuestionId = question is { } form
                    ? await db.InterviewQuestions.Where(row => row.FormId == form).Select(row => row.Id).SingleAsync(cancellationToken)
                    : null,
            },
            actor, cancellationToken);
        Expect(planned, $"line {index}", said.Failure);
    }

    private async Task AskAsync(
        Planned planned, Guid interviewId, DateTimeOffset announced, DemoClock then, InterviewSignals signals, CancellationToken cancellationToken)
    {
        Dictionary<int, Guid> ids = [];
        foreach (var (asked, index) in planned.Questions.Select((asked, index) => (asked, index + 1)))
        {
            // Before now, whenever the demo is made.
            var at = announced.AddHours(3 * index);
            then.Now = at < clock.GetUtcNow() ? at : clock.GetUtcNow().AddMinutes(index - 60);
            var id = Guid.CreateVersion7(then.Now);
            ids[index] = id;
            var (wrapped, key) = keyring.NewKey();
            var chosen = asked.State is QuestionState.Selected;
            db.InterviewQuestions.Add(new InterviewQuestion
            {
                Id = id,
                InterviewId = interviewId,
                Number = await QuestionNumber.NextAsync(db, BeijingTime.Date(then.Now).Year, cancellationToken),
                FormId = FormOf(planned, index),
                CodeHash = await keyring.HashAsync("code", SecretCode.Of(RandomNumberGenerator.GetBytes(SecretCode.SeedBytes)), cancellationToken),
                ContentHash = await keyring.HashAsync("question", interviewId + "\n" + asked.Text, cancellationToken),
                At = then.Now,
                WantsAnswer = asked.WantsAnswer,
                Sealed = CaseKeyring.SealAsJson(key, id, new SentQuestion { Name = asked.Name, Phone = asked.Phone, Text = asked.Text }),
                SealedKey = wrapped,
                State = asked.State,
                PublicName = chosen ? asked.Name : "",
                PublicText = chosen ? Masking.ForPublic(asked.Text) : "",
                SelectedAt = chosen ? then.Now.AddMinutes(30) : null,
                Reason = asked.Reason,
                MergedInto = asked.Into > 0 ? ids[asked.Into] : null,
            });
            if (chosen)
            {
                await signals.AddAsync(interviewId, SignalKind.Question, new LiveQuestion(asked.Name, Masking.ForPublic(asked.Text)), cancellationToken);
            }

            await db.SaveChangesAsync(cancellationToken);
        }
    }

    // From the keys alone, so that seeding twice finds what is there.
    private static Guid FormOf(Planned planned, int question) => IdOf($"{planned.Site}/{planned.Key} question {question}");

    private static Guid IdOf(string key) => new(SHA256.HashData(Encoding.UTF8.GetBytes("demo interview " + key)).AsSpan(0, 16));

    private static void Expect(Planned planned, string step, Failure? failure)
    {
        if (failure is not null)
        {
            throw new InvalidOperationException(
                $"{planned.Key}, {step}: {failure.Kind} {string.Join(' ', failure.Errors.Select(error => error.Message))}");
        }
    }

    private sealed record Planned
    {
        public required string Site { get; init; }

        public required string Key { get; init; }

        /// <summary>User name of the editor.</summary>
        public required string By { get; init; }

        public required string Topic { get; init; }

        public required string Summary { get; init; }

        public required IReadOnlyList<InterviewGuest> Guests { get; init; }

        public required string Host { get; init; }

        public string Place { get; init; } = "";

        /// <summary>Null: on air when the demo is made.</summary>
        public DateTimeOffset? StartsAt { get; init; }

        public DateTimeOffset? AnnouncedAt { get; init; }

        public int Minutes { get; init; } = 60;

        /// <summary>Where it is to stand; a transcript under review is published by the reviews of the demo.</summary>
        public InterviewState State { get; init; }

        public string Reason { get; init; } = "";

        public DateTimeOffset? NewStart { get; init; }

        public string Digest { get; init; } = "";

        public IReadOnlyList<PlannedQuestion> Questions { get; init; } = [];

        public IReadOnlyList<PlannedLine> Lines { get; init; } = [];
    }

    private sealed record PlannedQuestion
    {
        public string Name { get; init; } = "";

        public string Phone { get; init; } = "";

        public required string Text { get; init; }

        public bool WantsAnswer { get; init; }

        public QuestionState State { get; init; }

        public RejectReason? Reason { get; init; }

        /// <summary>The number of the question in the list that it says the same as.</summary>
        public int Into { get; init; }
    }

    private sealed record PlannedLine
    {
        public required string Speaker { get; init; }

        public string Text { get; init; } = "";

        public int Question { get; init; }

        public int Replaces { get; init; }
    }
}
