using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Interaction.Announcements;
using Portal.Interaction.Letters;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics.ReadTopic;

/// <summary>A topic with its sources, steps, clocks and responses, and what may be done next.</summary>
public sealed record ReadTopic(Guid Id) : IRequest<Outcome<TopicView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageHotTopics;
}

/// <summary>A topic as staff see it.</summary>
public sealed record TopicView
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required string Number { get; init; }

    public required string Title { get; init; }

    public required string Concern { get; init; }

    public required Guid SiteId { get; init; }

    public required string SiteName { get; init; }

    public required TopicState State { get; init; }

    public TopicSeverity? Severity { get; init; }

    public TopicNeed? Need { get; init; }

    public required DateTimeOffset NoticedAt { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    public string? UnitName { get; init; }

    public string? HandlerName { get; init; }

    public string? EffectNote { get; init; }

    /// <summary>The topic it was merged into.</summary>
    public TopicLine? MergedInto { get; init; }

    /// <summary>Topics that were merged into it.</summary>
    public required IReadOnlyList<TopicLine> Merged { get; init; }

    /// <summary>Empty when no response is owed.</summary>
    public required IReadOnlyList<TopicClock> Clocks { get; init; }

    public TopicDue? Due { get; init; }

    /// <summary>The rule that sets the hours.</summary>
    public required string Rule { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required IReadOnlyList<SourceLine> Sources { get; init; }

    public required IReadOnlyList<ResponseLine> Responses { get; init; }

    public required IReadOnlyList<StepLine> Steps { get; init; }

    public required IReadOnlyList<TopicAct> Acts { get; init; }

    /// <summary>Units that it can be given to, each under the one above it.</summary>
    public required IReadOnlyList<Choice> Units { get; init; }

    /// <summary>Its public page, absolute; null while the public has no response.</summary>
    public string? PublicPage { get; init; }

    public bool May(TopicTrigger trigger) => Acts.Any(act => act.Trigger == trigger && act.Hindrance is null);
}

/// <summary>Another topic.</summary>
public sealed record TopicLine(Guid Id, string Number, string Title);

/// <summary>Where it was noticed.</summary>
/// <param name="Id">The source.</param>
/// <param name="Kind">Kind of place.</param>
/// <param name="Reference">What it can be found by there.</param>
/// <param name="Link">The reference when it is an address.</param>
/// <param name="NoticedAt">When.</param>
/// <param name="Note">A remark.</param>
/// <param name="IsRetracted">It was added by mistake, and counts no more.</param>
public sealed record SourceLine(Guid Id, TopicSourceKind Kind, string Reference, string? Link, DateTimeOffset NoticedAt, string Note, bool IsRetracted);

/// <summary>A response.</summary>
public sealed record ResponseLine
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required ResponsePart Part { get; init; }

    public required TopicAnswerKind Kind { get; init; }

    public required string Title { get; init; }

    /// <summary>What is written here; null for a link.</summary>
    public WrittenResponse? Written { get; init; }

    /// <summary>Where it is with the reviews, in words; null for a link.</summary>
    public string? Stage { get; init; }

    public bool IsFree { get; init; }

    /// <summary>The edition with the reviews.</summary>
    public Guid? EditionId { get; init; }

    /// <summary>The document's page, absolute; null when it never was public.</summary>
    public string? Address { get; init; }

    public DateTimeOffset? PublicAt { get; init; }

    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Name of the site that published it.</summary>
    public string SiteName { get; init; } = "";

    /// <summary>Of a link: which rumour it rebuts, as the public reads it.</summary>
    public string? Rumour { get; init; }

    /// <summary>Of a link: when the document became public.</summary>
    public DateTimeOffset? DocumentPublicAt { get; init; }

    /// <summary>Who named it, and who confirmed that.</summary>
    public string? AddedBy { get; init; }

    public string? ConfirmedBy { get; init; }

    /// <summary>Does it wait for a second person?</summary>
    public bool IsPending { get; init; }

    /// <summary>Did the reader name it, or keep the draft last?</summary>
    public bool IsMine { get; init; }
}

/// <summary>A step of the timeline.</summary>
public sealed record StepLine(
    TopicTrigger Trigger, TopicState State, DateTimeOffset At, string? Person, string? Unit, string? Note, IReadOnlyDictionary<string, string> Facts);

/// <summary>Something that may be done next.</summary>
/// <param name="Trigger">What.</param>
/// <param name="Hindrance">Why not now; null: it may.</param>
public sealed record TopicAct(TopicTrigger Trigger, string? Hindrance);

internal sealed class ReadTopicHandler(
    InteractionDbContext db, TopicScope scope, AnnouncementDesk desk, ISites sites, IStringLocalizer<TopicDeskText> text,
    IStringLocalizer<AnnouncementText> stages, TimeProvider clock) : IRequestHandler<ReadTopic, Outcome<TopicView>>
{
    public async Task<Outcome<TopicView>> Handle(ReadTopic request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.Id, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, site, parties) = reached.Value;
        var topic = found.Topic;
        var now = clock.GetUtcNow();
        var merged = await db.HotTopics.AsNoTracking().Where(row => row.MergedInto == topic.Id || row.Id == topic.MergedInto)
            .OrderBy(row => row.Number).Select(row => new TopicLine(row.Id, row.Number, row.Title)).ToListAsync(cancellationToken);
        // What was noticed of the topics merged into this one was noticed of it.
        Guid[] noticed = [topic.Id, .. merged.Where(line => line.Id != topic.MergedInto).Select(line => line.Id)];
        var sources = await db.TopicSources.AsNoTracking().Where(row => noticed.Contains(row.TopicId))
            .OrderBy(row => row.NoticedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        var acts = TopicFlow.Lines
            .Where(line => line.From.Contains(topic.State) && line.Allows(parties))
            .Select(line => line.Trigger).Distinct()
            .Where(trigger => trigger != TopicTrigger.Unlink || found.Responses.Any(response => response.IsLink))
            .Where(trigger => trigger != TopicTrigger.Retract || sources.Count(source => source.RetractedAt is null) > 1)
            .Where(trigger => trigger != TopicTrigger.Confirm || found.Responses.Any(response => response.IsPending))
            .Select(trigger => new TopicAct(
                trigger,
                TopicRules.Hindrance(topic, trigger) is { } hindrance ? text[hindrance].Value
                    : trigger == TopicTrigger.Confirm && found.Responses.All(response => !response.IsPending || response.AddedBy == actor.Id)
                        ? text["Rule.OwnLink"].Value
                        : null))
            .ToList();
        return new TopicView
        {
            Id = topic.Id,
            Version = topic.Version,
            Number = topic.Number,
            Title = topic.Title,
            Concern = topic.Concern,
            SiteId = site.Id,
            SiteName = site.Name,
            State = topic.State,
            Severity = topic.Severity,
            Need = topic.Need,
            NoticedAt = topic.NoticedAt,
            RegisteredAt = topic.RegisteredAt,
            UnitName = topic.UnitName,
            HandlerName = topic.HandlerName,
            EffectNote = topic.EffectNote,
            MergedInto = merged.Find(line => line.Id == topic.MergedInto),
            Merged = [.. merged.Where(line => line.Id != topic.MergedInto)],
            Clocks = found.IsOwed ? found.Clocks : [],
            Due = TopicDue.Of(topic, now, text),
            Rule = TopicLimits.Of(BeijingTime.Date(topic.NoticedAt)).Source,
            Now = now,
            Sources = [.. sources.Select(row => new SourceLine(
                row.Id, row.Kind, row.Reference, LinkOf(row.Reference), row.NoticedAt, row.Note, row.RetractedAt is not null))],
            Responses = await ResponsesAsync(found, actor, cancellationToken),
            Steps = [.. found.Steps.Select(step => new StepLine(step.Trigger, step.State, step.At, step.ActorName, step.ActorUnit, step.Note, step.Facts))],
            Acts = acts,
            Units = acts.Exists(act => act.Trigger == TopicTrigger.Assign) ? LetterUnits.Of([site.Id], sites) : [],
            PublicPage = topic.PublicAt is null ? null : sites.AddressOf(site, "responses/" + topic.Number).AbsoluteUri,
        };
    }

    private async Task<IReadOnlyList<ResponseLine>> ResponsesAsync(TopicCase found, Actor actor, CancellationToken cancellationToken)
    {
        List<ResponseLine> lines = [];
        foreach (var response in found.Responses.OrderBy(row => row.Part))
        {
            var standing = response.IsLink ? null : await desk.StandingAsync(TopicPapers.KindOf(response.Kind), response.Id, cancellationToken);
            lines.Add(new ResponseLine
            {
                Id = response.Id,
                Version = response.Version,
                Part = response.Part,
                Kind = response.Kind,
                Title = response.Written is { Title.Length: > 0 } written ? written.Title
                    : response.Title.Length > 0 ? response.Title : text["Response.Untitled"],
                Written = response.Written,
                Stage = standing is null ? null : stages["Stage." + standing.Stage].Value,
                IsFree = standing?.IsFree ?? false,
                EditionId = standing?.EditionId,
                Address = response.Path is { } path && sites.ById(response.DocumentSiteId) is { } site
                    ? sites.AddressOf(site, path).AbsoluteUri
                    : null,
                PublicAt = response.PublicAt,
                WithdrawnAt = response.WithdrawnAt,
                SiteName = sites.ById(response.DocumentSiteId)?.Name ?? "",
                Rumour = response.Rumour,
                DocumentPublicAt = response.DocumentPublicAt,
                AddedBy = response.AddedByName,
                ConfirmedBy = response.ConfirmedByName,
                IsPending = response.IsPending,
                IsMine = (response.IsLink ? response.AddedBy : response.SavedBy) == actor.Id,
            });
        }

        return lines;
    }

    private const string SignalsPath = "/console/hot-topics/signals/";

    // Only what is an address of the web becomes a link, and the signal that it was opened from.
    private static string? LinkOf(string reference) =>
        reference.StartsWith(SignalsPath, StringComparison.Ordinal) && Guid.TryParse(reference.AsSpan(SignalsPath.Length), out _) ? reference :
        Uri.TryCreate(reference, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? uri.AbsoluteUri
            : null;
}
