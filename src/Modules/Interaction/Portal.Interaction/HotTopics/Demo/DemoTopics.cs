using System.Text.Json;
using System.Text.Json.Serialization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Host.Contracts;
using Portal.Interaction.Announcements;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Commands;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Text;

namespace Portal.Interaction.HotTopics.Demo;

/// <summary>
/// Hot topics in every state on three sites. They take the same steps as any other, at the hours at which the data file says
/// that they were taken; what is written is laid before the reviews as always, and its topic is answered when the fact of
/// its release arrives.
/// </summary>
internal sealed class DemoTopics(
    InteractionDbContext db, ISites sites, ISender sender, IServiceProvider services, TopicPapers papers, TimeProvider clock) : IDemoSeed
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public int Order => 318;

    public async Task SeedAsync(Shared.Commands.Demo demo, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(demo.Folder, "hot-topics.json"));
        var planned = (await JsonSerializer.DeserializeAsync<IReadOnlyList<PlannedTopic>>(file, Options, cancellationToken))!;
        var people = (await sender.Send(new FindStaff([.. planned.SelectMany(topic => topic.Steps).Select(step => step.By).Distinct()]), cancellationToken))
            .ToDictionary(person => person.UserName, person => new Actor(person.Id, person.Name, person.Unit, []));
        Dictionary<string, string> numbers = [];
        var added = 0;
        foreach (var topic in planned)
        {
            if (sites.ByKey(topic.Site) is { } site && !await db.HotTopics.AnyAsync(row => row.SiteId == site.Id && row.Title == topic.Title, cancellationToken))
            {
                await AddAsync(topic, site, people, numbers, cancellationToken);
                added++;
            }
        }

        demo.Report($"Interaction: {added} hot topics");
    }

    private async Task AddAsync(
        PlannedTopic planned, SiteInfo site, Dictionary<string, Actor> people, Dictionary<string, string> numbers,
        CancellationToken cancellationToken)
    {
        var noticedAt = At(planned.NoticedAt, planned.HoursAgo);
        var then = new DemoClock(noticedAt.AddMinutes(5));
        var writer = ActivatorUtilities.CreateInstance<TopicWriter>(services, then);
        var intake = ActivatorUtilities.CreateInstance<TopicIntake>(services, writer, then);
        var opened = await intake.OpenAsync(
            new NewTopic(site.Id, planned.Title, noticedAt, planned.Source, planned.Reference) { Concern = planned.Concern, Note = planned.SourceNote },
            planned.Steps is [var first, ..] ? people[first.By] : null, cancellationToken);
        Require(planned, opened);
        numbers[planned.Key] = opened.Value.Number;
        var id = opened.Value.Id;
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        foreach (var step in planned.Steps)
        {
            then.Now = At(step.At, step.HoursAgo);
            var found = (await writer.FindAsync(id, cancellationToken))!;
            await StepAsync(planned, step, found, people[step.By], writer, then, numbers, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }
    }

    private async Task StepAsync(
        PlannedTopic planned, PlannedStep step, TopicCase found, Actor actor, TopicWriter writer, DemoClock then,
        Dictionary<string, string> numbers, CancellationToken cancellationToken)
    {
        switch (step.Trigger)
        {
            case TopicTrigger.Link:
                await LinkAsync(planned, step, found, actor, writer, then, cancellationToken);
                break;
            case TopicTrigger.Confirm:
                await ConfirmAsync(planned, found, actor, writer, then, cancellationToken);
                break;
            case TopicTrigger.Submit:
                var response = Respond(found, step, actor, then);
                response.Written = step.Written;
                writer.Note(
                    found, TopicTrigger.Submit, actor, null, ("document", step.Written!.Title), ("part", step.Part.ToString()),
                    ("kind", step.Kind.ToString()));
                var desk = ActivatorUtilities.CreateInstance<AnnouncementDesk>(services, then);
                // The demo's reviewers know the document by a name that does not hang on the year.
                Require(planned, await desk.SubmitAsync(papers.Draft(found.Topic, response) with { Slug = step.Slug }, actor, cancellationToken));
                break;
            default:
                Require(planned, await writer.TakeAsync(
                    found,
                    new TopicInput
                    {
                        Trigger = step.Trigger,
                        Note = step.Note,
                        Severity = step.Severity,
                        Need = step.Need,
                        UnitSiteId = step.Unit.Length > 0 ? sites.ByKey(step.Unit)?.Id : null,
                        Into = step.Into.Length > 0 ? numbers[step.Into] : "",
                    },
                    TopicParty.Desk | TopicParty.Unit, actor, cancellationToken));
                break;
        }
    }

    private async Task LinkAsync(
        PlannedTopic planned, PlannedStep step, TopicCase found, Actor actor, TopicWriter writer, DemoClock then,
        CancellationToken cancellationToken)
    {
        if (await sender.Send(new FindPages([new PageAddress(found.Topic.SiteId, step.Page.TrimStart('/'))]), cancellationToken) is not [{ DocumentId: { } id }]
            || await sender.Send(new GetPublishedDocuments([id]), cancellationToken) is not [{ Status: "Page" } document])
        {
            throw new InvalidOperationException($"{planned.Key}: nothing is public at {step.Page}.");
        }

        var response = Respond(found, step, actor, then);
        response.DocumentId = document.Id;
        response.DocumentSiteId = document.SiteId;
        response.Path = document.Path;
        response.Title = document.Title.CutTo(200);
        response.Summary = document.Summary.CutTo(1000);
        response.DocumentPublicAt = document.PublishedAt;
        writer.Note(
            found, TopicTrigger.Link, actor, null, ("document", response.Title), ("part", step.Part.ToString()), ("kind", step.Kind.ToString()));
    }

    private async Task ConfirmAsync(
        PlannedTopic planned, TopicCase found, Actor actor, TopicWriter writer, DemoClock then, CancellationToken cancellationToken)
    {
        var response = found.Responses.Single(row => row.IsPending);
        if (await sender.Send(new GetPublishedDocuments([response.DocumentId!.Value]), cancellationToken) is not [{ Status: "Page" } document])
        {
            throw new InvalidOperationException($"{planned.Key}: {response.Title} is not public.");
        }

        response.Confirm(document, actor, found.Topic.NoticedAt, then.Now);
        writer.Note(
            found, TopicTrigger.Confirm, actor, null, ("document", response.Title), ("part", response.Part.ToString()),
            ("kind", response.Kind.ToString()));
        writer.Settle(found);
    }

    private TopicResponse Respond(TopicCase found, PlannedStep step, Actor actor, DemoClock then)
    {
        var response = new TopicResponse
        {
            Id = Guid.CreateVersion7(then.Now),
            TopicId = found.Topic.Id,
            Part = step.Part,
            Kind = step.Kind,
            DocumentSiteId = found.Topic.SiteId,
            AddedAt = then.Now,
            AddedBy = actor.Id,
            AddedByName = actor.Name,
            Version = 1,
        };
        db.TopicResponses.Add(response);
        found.Add(response);
        return response;
    }

    private DateTimeOffset At(DateTimeOffset? at, double hoursAgo) => at ?? clock.GetUtcNow().AddHours(-hoursAgo);

    private static void Require<T>(PlannedTopic planned, Outcome<T> outcome)
    {
        if (!outcome.Succeeded)
        {
            throw new InvalidOperationException(
                $"{planned.Key}: {string.Join(' ', outcome.Failure.Errors.Select(error => error.Message))}");
        }
    }

    private sealed record PlannedTopic
    {
        public required string Key { get; init; }

        public required string Site { get; init; }

        public required string Title { get; init; }

        public string Concern { get; init; } = "";

        public TopicSourceKind Source { get; init; }

        public string Reference { get; init; } = "";

        public string SourceNote { get; init; } = "";

        public DateTimeOffset? NoticedAt { get; init; }

        /// <summary>Before seeding, where no time is given.</summary>
        public double HoursAgo { get; init; }

        public IReadOnlyList<PlannedStep> Steps { get; init; } = [];
    }

    private sealed record PlannedStep
    {
        public TopicTrigger Trigger { get; init; }

        public DateTimeOffset? At { get; init; }

        public double HoursAgo { get; init; }

        public required string By { get; init; }

        public string Note { get; init; } = "";

        public TopicSeverity? Severity { get; init; }

        public TopicNeed? Need { get; init; }

        /// <summary>Key of the unit's site.</summary>
        public string Unit { get; init; } = "";

        /// <summary>Key of the topic it is merged into.</summary>
        public string Into { get; init; } = "";

        /// <summary>Address of a document on the topic's site.</summary>
        public string Page { get; init; } = "";

        public ResponsePart Part { get; init; }

        public TopicAnswerKind Kind { get; init; }

        public WrittenResponse? Written { get; init; }

        public string Slug { get; init; } = "";
    }
}
