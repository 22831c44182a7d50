using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Host.Contracts;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Publishing.Media;
using Portal.Publishing.RichText;
using Portal.Shared.Actors;
using Portal.Shared.Blobs;
using Portal.Shared.Commands;
using Portal.Shared.Decisions;
using Portal.Shared.Sites;
using Attachment = Portal.Publishing.Documents.Attachment;

namespace Portal.Publishing.Demo;

/// <summary>
/// The demo's documents at every stage. Those that are live went the same way as any other: three reviews by three
/// people as rows, then the publication transaction; the database's guards hold for them too.
/// </summary>
internal sealed class DemoDocuments(
    IServiceScopeFactory scopes, PublishingDbContext db, ISites sites, IBlobStore blobs, ISender sender, TimeProvider clock)
    : IDemoSeed
{
    private const string Origin = "demo:";

    private readonly Dictionary<string, Guid> _documents = [];
    private readonly Dictionary<(Guid Site, string Name), MediaItem> _media = [];
    private Dictionary<string, StaffSummary> _people = [];
    private Dictionary<string, string> _numbers = [];
    private string _folder = "";

    public int Order => 110;

    public async Task SeedAsync(Portal.Shared.Commands.Demo demo, CancellationToken cancellationToken)
    {
        _folder = demo.Folder;
        var planned = await ReadAsync(cancellationToken);
        var known = await db.Documents
            .Where(document => document.SourceId != null && document.SourceId.StartsWith(Origin))
            .ToDictionaryAsync(document => document.SourceId![Origin.Length..], document => document.Id, cancellationToken);
        foreach (var document in planned)
        {
            _documents[document.Key] = known.TryGetValue(document.Key, out var id) ? id : Guid.CreateVersion7(TimeOf(document));
        }

        _numbers = planned.Where(document => document.Fields.ContainsKey("documentNumber"))
            .ToDictionary(document => document.Key, document => document.Fields["documentNumber"].ToString());
        _people = (await sender.Send(
                new FindStaff([.. planned.SelectMany(document => document.Chain.Values.Concat(document.Reviews.Select(review => review.By))).Distinct()]), cancellationToken))
            .ToDictionary(person => person.UserName);
        var missing = planned.Where(document => !known.ContainsKey(document.Key)).ToList();
        foreach (var document in missing)
        {
            await using var scope = scopes.CreateAsyncScope();
            await AddAsync(document, scope.ServiceProvider.GetRequiredService<PublishingDbContext>(), cancellationToken);
        }

        demo.Report($"Publishing: {missing.Count} documents");
    }

    // Oldest first, so that a link finds the page that it names.
    private async Task<List<DemoDocument>> ReadAsync(CancellationToken cancellationToken)
    {
        List<DemoDocument> documents = [];
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_folder, "documents"), "*.json").Order(StringComparer.Ordinal))
        {
            documents.AddRange(await DemoJson.ReadAsync<List<DemoDocument>>(
                _folder, Path.Combine("documents", Path.GetFileName(file)), cancellationToken));
        }

        return [.. documents.Where(document => sites.ByKey(document.Site) is not null).OrderBy(TimeOf).ThenBy(document => document.Key)];
    }

    // What has no date of its own happened in the last hours, each at another time.
    private DateTimeOffset TimeOf(DemoDocument document) =>
        document.PublishedAt
        ?? clock.GetUtcNow().AddMinutes(
            document is { Stage: "emergency", OffsetMinutes: { } minutes } ? minutes : -40 - (document.Key.Length * 7 % 120));

    private async Task AddAsync(DemoDocument planned, PublishingDbContext context, CancellationToken cancellationToken)
    {
        var site = sites.ByKey(planned.Site)!;
        var channel = await context.Channels.SingleAsync(
            row => row.SiteId == site.Id && row.Path == planned.Channel, cancellationToken);
        var times = ReviewTimes.Before(TimeOf(planned));
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var edition = await StartAsync(planned, context, site, channel, times, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await ReviewAsync(planned, context, edition, times, cancellationToken);
        if (planned.WithdrawnAt is { } withdrawn)
        {
            await WithdrawAsync(planned, context, edition, ReviewTimes.Before(withdrawn), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<Edition> StartAsync(
        DemoDocument planned, PublishingDbContext context, SiteInfo site, Channel channel, ReviewTimes times,
        CancellationToken cancellationToken)
    {
        var author = _people[planned.Chain["author"]];
        var document = new Document
        {
            Id = _documents[planned.Key],
            SiteId = site.Id,
            Type = planned.Type,
            SourceId = Origin + planned.Key,
            CreatedAt = times.Started,
            CreatedBy = author.Id,
        };
        context.Documents.Add(document);
        var edition = new Edition
        {
            Id = Guid.CreateVersion7(times.Started),
            SiteId = site.Id,
            DocumentId = document.Id,
            Number = 1,
            State = EditionState.Draft,
            ChannelId = channel.Id,
            Slug = planned.Key,
            Title = planned.Title,
            Summary = planned.Summary,
            Body = await BodyAsync(planned, context, site, author, times, cancellationToken),
            Fields = FieldsOf(planned),
            Source = planned.Source,
            Author = planned.Author,
            Keywords = planned.Keywords,
            CoverMediaId = planned.Image is { } image
                ? (await PictureAsync(image, context, site, author, times, cancellationToken)).Id
                : null,
            Attachments = await AttachAsync(planned, context, site, author, times, cancellationToken),
            Interprets = InterpretsOf(planned),
            PublishAt = planned.Stage == "scheduled" ? clock.GetUtcNow().AddMinutes(planned.OffsetMinutes ?? 60) : null,
            Contributors = [author.Id],
            CreatedBy = author.Id,
            CreatedAt = times.Started,
            UpdatedBy = author.Id,
            UpdatedAt = times.Submitted,
        };
        edition.ContentHash = ContentHash.Of(edition);
        AddWritten(context, edition, author, times);
        context.Record(EditionDecisions.Of(
            "started", edition, ActorOf(author), times.Started, null, ("type", document.Type)));
        if (Forming.Of(edition).Length > 0)
        {
            context.TellForming(edition, ActorOf(author), times.Started);
        }

        return edition;
    }

    private async Task<string> BodyAsync(
        DemoDocument planned, PublishingDbContext context, SiteInfo site, StaffSummary author, ReviewTimes times,
        CancellationToken cancellationToken)
    {
        foreach (var name in DemoMarkdown.Images(planned.Body))
        {
            await PictureAsync(name, context, site, author, times, cancellationToken);
        }

        var reading = MarkdownReader.Read(planned.Body, new MarkdownReferences
        {
            Image = name => _media.TryGetValue((site.Id, name), out var item) ? item.Id : null,
            Document = key => _documents.TryGetValue(key, out var id) ? id : null,
        });
        return reading.Succeeded
            ? DemoMarkdown.WithSignature(DemoMarkdown.WithCaptions(reading.Document)).ToJson()
            : throw new InvalidOperationException($"The demo's document {planned.Key} cannot be read: {reading.Error}.");
    }

    private async Task<List<Attachment>> AttachAsync(
        DemoDocument planned, PublishingDbContext context, SiteInfo site, StaffSummary author, ReviewTimes times,
        CancellationToken cancellationToken)
    {
        List<Attachment> attachments = [];
        foreach (var file in planned.Attachments)
        {
            var (content, type) = DemoOfficeFile.Make(file);
            var item = await KeepAsync(
                $"{file.Name}.{file.Kind}", content, type, null, context, site, author, times, cancellationToken);
            attachments.Add(new Attachment(item.Id, file.Name));
        }

        return attachments;
    }

    private async Task<MediaItem> PictureAsync(
        string name, PublishingDbContext context, SiteInfo site, StaffSummary author, ReviewTimes times,
        CancellationToken cancellationToken)
    {
        if (_media.TryGetValue((site.Id, name), out var kept))
        {
            return kept;
        }

        if (await db.Media.AsNoTracking().FirstOrDefaultAsync(
            item => item.SiteId == site.Id && item.Name == name, cancellationToken) is { } known)
        {
            return _media[(site.Id, name)] = known;
        }

        // A name from a data file never leaves the folder of the pictures.
        var content = await File.ReadAllBytesAsync(
            Path.Combine(_folder, "images", Path.GetFileName(name)), cancellationToken);
        return _media[(site.Id, name)] = await KeepAsync(
            name, content, "image/png", DemoMarkdown.SizeOfPng(content), context, site, author, times, cancellationToken);
    }

    private async Task<MediaItem> KeepAsync(
        string name, byte[] content, string type, (int Width, int Height)? size, PublishingDbContext context, SiteInfo site,
        StaffSummary author, ReviewTimes times, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content);
        var item = new MediaItem
        {
            Id = Guid.CreateVersion7(times.Started),
            SiteId = site.Id,
            BlobHash = await blobs.PutAsync(stream, cancellationToken),
            Name = name,
            MediaType = type,
            Size = content.Length,
            Width = size?.Width,
            Height = size?.Height,
            UploadedBy = author.Id,
            UploadedAt = times.Started,
        };
        context.Media.Add(item);
        context.Record(Decision.By(
            ActorOf(author), times.Started, "publishing.media.uploaded", site.Id, "media", item.Id.ToString(), item.Name, null,
            item.BlobHash, ("mediaType", item.MediaType)));
        return item;
    }

    private SortedDictionary<string, string> FieldsOf(DemoDocument planned)
    {
        var allowed = DocumentTypes.Find(planned.Type)!.Fields.ToDictionary(field => field.Key);
        SortedDictionary<string, string> fields = new(StringComparer.Ordinal);
        foreach (var (key, value) in planned.Fields.Where(field => allowed.ContainsKey(field.Key)))
        {
            var text = value.ValueKind == JsonValueKind.Array
                ? string.Join('\n', value.EnumerateArray().Select(line => line.ToString()))
                : value.ToString();
            fields[key] = key == "repealedBy" && _numbers.TryGetValue(text, out var number) ? number : text;
        }

        return fields;
    }

    private Guid[] InterpretsOf(DemoDocument planned)
    {
        if (!planned.Fields.TryGetValue("interprets", out var value))
        {
            return [];
        }

        IEnumerable<string> keys = value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(key => key.ToString())
            : [value.ToString()];
        return [.. keys.Where(_documents.ContainsKey).Select(key => _documents[key])];
    }

    private async Task ReviewAsync(
        DemoDocument planned, PublishingDbContext context, Edition edition, ReviewTimes times, CancellationToken cancellationToken)
    {
        if (planned.Stage == "draft")
        {
            return;
        }

        edition.SubmittedAt = times.Submitted;
        edition.State = EditionState.AwaitingFirstReview;
        var author = ActorOf(_people[planned.Chain["author"]]);
        context.Record(EditionDecisions.Of("submitted", edition, author, times.Submitted));
        foreach (var step in DemoStages.StepsTo(planned.Stage))
        {
            Approve(planned, context, edition, step, times);
        }

        foreach (var review in planned.Reviews)
        {
            Replay(review, context, edition, times);
        }

        if (planned.EmergencyReason is { } reason)
        {
            PublishInEmergency(_people[planned.Chain["releaser"]], reason, context, edition, times.Released);
        }

        await context.SaveChangesAsync(cancellationToken);
        if (planned.Stage is "live" or "withdrawn" or "emergency")
        {
            await GoLiveAsync(planned, context, edition, times, cancellationToken);
        }
        else if (planned.Stage == "scheduled")
        {
            edition.State = EditionState.Scheduled;
            context.Record(EditionDecisions.Of(
                "scheduled", edition, ActorOf(_people[planned.Chain["releaser"]]), times.Released.AddSeconds(1), null,
                ("publishAt", edition.PublishAt!.Value.ToString("O"))));
            await context.SaveChangesAsync(cancellationToken);
        }
    }

    private async Task GoLiveAsync(
        DemoDocument planned, PublishingDbContext context, Edition edition, ReviewTimes times, CancellationToken cancellationToken)
    {
        var publisher = new Publisher(context, sites, new FixedTime(times.Released));
        await publisher.LockAsync(edition.DocumentId, cancellationToken);
        await publisher.GoLiveAsync(edition, _people[planned.Chain["releaser"]].Id, cancellationToken);
    }

    // Withdrawing is an edition of its own, reviewed like any other.
    private async Task WithdrawAsync(
        DemoDocument planned, PublishingDbContext context, Edition live, ReviewTimes times, CancellationToken cancellationToken)
    {
        // A unit of work of its own: the publication replaces rows behind the back of the one before.
        context.ChangeTracker.Clear();
        var author = _people[planned.Chain["author"]];
        var edition = Edition.Following(
            live, Guid.CreateVersion7(times.Started), live.Number + 1, author.Id, times.Started);
        edition.State = EditionState.AwaitingFirstReview;
        edition.TakeDownAt = null;
        edition.Unpublishing = UnpublishingKind.Withdrawn;
        edition.UnpublishingReason = planned.WithdrawReason;
        edition.SubmittedAt = times.Submitted;
        edition.ContentHash = ContentHash.Of(edition);
        AddWritten(context, edition, author, times);
        context.Record(EditionDecisions.Of(
            "withdrawal-drafted", edition, ActorOf(author), times.Started, planned.WithdrawReason,
            ("unpublishing", nameof(UnpublishingKind.Withdrawn))));
        context.Record(EditionDecisions.Of("submitted", edition, ActorOf(author), times.Submitted));
        await context.SaveChangesAsync(cancellationToken);
        foreach (var step in DemoStages.StepsTo(planned.Stage))
        {
            Approve(planned, context, edition, step, times);
        }

        await context.SaveChangesAsync(cancellationToken);
        await GoLiveAsync(planned, context, edition, times, cancellationToken);
    }

    private void Approve(
        DemoDocument planned, PublishingDbContext context, Edition edition, DemoStages.Step step, ReviewTimes times)
    {
        var (person, at) = (_people[planned.Chain[step.Part]], times.Of(step.Stage));
        Add(context, edition, step.Stage, ReviewDecision.Approved, person, planned.Opinions[step.Part], at);
        edition.State = step.Next;
        context.Record(EditionDecisions.Of(
            step.Action, edition, ActorOf(person), at, planned.Opinions[step.Part],
            EditionDecisions.FactsOf(step.Stage, ReviewDecision.Approved, secrecyChecked: true)));
    }

    private void Replay(DemoReview review, PublishingDbContext context, Edition edition, ReviewTimes times)
    {
        var step = DemoStages.StepOf(review.Stage);
        var (person, at) = (_people[review.By], times.Of(step.Stage));
        var decision = review.Decision == "returned" ? ReviewDecision.Returned : ReviewDecision.Approved;
        Add(context, edition, step.Stage, decision, person, review.Opinion, at);
        edition.State = decision == ReviewDecision.Returned ? EditionState.Returned : step.Next;
        context.Record(EditionDecisions.Of(
            decision == ReviewDecision.Returned ? "returned" : step.Action, edition, ActorOf(person), at, review.Opinion,
            EditionDecisions.FactsOf(step.Stage, decision, decision == ReviewDecision.Approved)));
    }

    private static void AddWritten(PublishingDbContext context, Edition edition, StaffSummary author, ReviewTimes times)
    {
        context.Editions.Add(edition);
        context.EditionEdits.Add(new EditionEdit
        {
            EditionId = edition.Id,
            PersonId = author.Id,
            SiteId = edition.SiteId,
            PersonName = author.Name,
            RecordedAt = times.Started,
            LastSavedAt = times.Submitted,
        });
    }

    private static void PublishInEmergency(
        StaffSummary person, string reason, PublishingDbContext context, Edition edition, DateTimeOffset at)
    {
        context.EmergencyPublications.Add(new EmergencyPublication
        {
            Id = Guid.CreateVersion7(at),
            SiteId = edition.SiteId,
            EditionId = edition.Id,
            ContentHash = edition.ContentHash,
            PersonId = person.Id,
            PersonName = person.Name,
            Unit = person.Unit,
            Reason = reason,
            At = at,
        });
        context.Record(EditionDecisions.Of("emergency-published", edition, ActorOf(person), at, reason));
    }

    private static void Add(
        PublishingDbContext context, Edition edition, ReviewStage stage, ReviewDecision decision, StaffSummary person,
        string opinion, DateTimeOffset at) =>
        context.Reviews.Add(new Review
        {
            Id = Guid.CreateVersion7(at),
            SiteId = edition.SiteId,
            EditionId = edition.Id,
            ContentHash = edition.ContentHash,
            Stage = stage,
            Decision = decision,
            PersonId = person.Id,
            PersonName = person.Name,
            Unit = person.Unit,
            Opinion = opinion,
            SecrecyChecked = stage == ReviewStage.First && decision == ReviewDecision.Approved,
            At = at,
        });

    private static Actor ActorOf(StaffSummary person) => new(person.Id, person.Name, person.Unit, []);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
