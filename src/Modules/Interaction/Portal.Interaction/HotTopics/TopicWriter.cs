using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics;

/// <summary>
/// The only writer of steps: checks the table and the rules, adds the step and brings the cache of the topic up to it. What
/// is added commits with the caller's save.
/// </summary>
internal sealed class TopicWriter(
    InteractionDbContext db, ISites sites, IStringLocalizer<TopicDeskText> text, IStringLocalizer<TopicText> names, TimeProvider clock)
{
    // Facts of a step that are codes, and where their words are.
    private static readonly (string Fact, string Name)[] Coded = [("source", "Source."), ("part", "Part."), ("kind", "Kind.")];

    /// <summary>Reads a topic for a step.</summary>
    public async Task<TopicCase?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var topic = await db.HotTopics.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return topic is null ? null : await CaseAsync(topic, cancellationToken);
    }

    public async Task<TopicCase> CaseAsync(HotTopic topic, CancellationToken cancellationToken) => new(
        topic,
        await db.TopicSteps.AsNoTracking().Where(row => row.TopicId == topic.Id).OrderBy(row => row.Sequence).ToListAsync(cancellationToken),
        await db.TopicResponses.Where(row => row.TopicId == topic.Id).OrderBy(row => row.AddedAt).ThenBy(row => row.Id)
            .ToListAsync(cancellationToken));

    /// <summary>Adds the first step of a new topic.</summary>
    public void Open(HotTopic topic, TopicSource source, Actor? actor)
    {
        db.HotTopics.Add(topic);
        db.TopicSources.Add(source);
        Count(topic);
        Add(
            new TopicCase(topic, [], []), TopicState.Registered, TopicTrigger.Register, actor, source.Note,
            ("source", source.Kind.ToString()), ("reference", source.Reference));
    }

    /// <summary>Takes a step that a form asks for. The caller has found that the person may reach the topic.</summary>
    public async Task<Outcome<TopicStep>> TakeAsync(
        TopicCase found, TopicInput input, TopicParty parties, Actor? actor, CancellationToken cancellationToken)
    {
        input = Cleaned(input);
        if (Refusal(found.Topic, input.Trigger, parties) is { } refusal)
        {
            return refusal;
        }

        var faults = TopicRules.Faults(found.Topic, input, key => text[key]).ToList();
        var unit = input is { Trigger: TopicTrigger.Assign, UnitSiteId: { } id } && sites.ById(id) is { } known
            && TopicRules.MayHave(found.Topic.SiteId, known) ? known : null;
        if (input.Trigger == TopicTrigger.Assign && unit is null)
        {
            faults.Add(new FieldError(nameof(input.UnitSiteId), text["Fault.Unit"]));
        }

        TopicCase? into = null;
        if (input is { Trigger: TopicTrigger.Merge, Into.Length: > 0 })
        {
            var named = await db.HotTopics.SingleOrDefaultAsync(
                row => row.SiteId == found.Topic.SiteId && row.Number == input.Into, cancellationToken);
            if (IntoFault(found.Topic, named) is { } fault)
            {
                faults.Add(new FieldError(nameof(input.Into), fault));
            }
            else
            {
                into = await CaseAsync(named!, cancellationToken);
            }
        }

        if (faults.Count > 0)
        {
            return new Failure(FailureKind.Invalid, faults);
        }

        if (into is not null)
        {
            await MergeAsync(found.Topic, into, actor, cancellationToken);
        }

        Change(found.Topic, input, unit, actor);
        var line = TopicFlow.Find(found.Topic.State, input.Trigger)!;
        var after = input.Trigger == TopicTrigger.Resume && !found.IsOwed ? TopicState.Assessed : line.To ?? found.Topic.State;
        var taken = Add(found, after, input.Trigger, actor, input.Note, FactsOf(input, unit, into?.Topic));
        Settle(found);
        return taken;
    }

    /// <summary>Why a step cannot be taken now by these; null when it can.</summary>
    public Failure? Refusal(HotTopic topic, TopicTrigger trigger, TopicParty parties) =>
        TopicFlow.Find(topic.State, trigger) is not { } line ? Conflict("Rule.State")
        : !line.Allows(parties) ? Failure.Forbidden
        : TopicRules.Hindrance(topic, trigger) is { } hindrance ? Conflict(hindrance)
        : null;

    /// <summary>Adds a step that changes no state by itself: a source, a document linked, a submission.</summary>
    public TopicStep Note(
        TopicCase found, TopicTrigger trigger, Actor? actor, string? note, params ReadOnlySpan<(string Key, string Value)> facts) =>
        Add(found, found.Topic.State, trigger, actor, note, facts);

    /// <summary>It was noticed at another time than was known: the clocks start then. What of it the step says.</summary>
    public static (string Key, string Value)[] Notice(HotTopic topic, DateTimeOffset at)
    {
        var before = topic.NoticedAt;
        if (at == before)
        {
            return [];
        }

        topic.NoticedAt = at;
        Count(topic);
        return [("noticed-before", BeijingTime.Minute(before)), ("noticed", BeijingTime.Minute(at))];
    }

    /// <summary>The earlier of what was known and another time.</summary>
    public static (string Key, string Value)[] NoticeEarlier(HotTopic topic, DateTimeOffset at) =>
        at < topic.NoticedAt ? Notice(topic, at) : [];

    /// <summary>
    /// Brings a topic up to what the public has of its responses: when all that is asked for is public it is answered, and
    /// when it is no longer, it is open again.
    /// </summary>
    public void Settle(TopicCase found)
    {
        var topic = found.Topic;
        topic.StatementAt = found.FirstPublic(ResponsePart.Statement);
        topic.BriefingAt = found.FirstPublic(ResponsePart.Briefing);
        var shown = found.Responses.Where(response => response.PublicAt is not null)
            .OrderBy(response => response.IsLink).ThenBy(response => response.Part).ThenBy(response => response.PublicAt)
            .ThenBy(response => response.Id).FirstOrDefault();
        topic.GoneAt = shown is not null ? null : topic.PublicAt is null ? topic.GoneAt : clock.GetUtcNow();
        (topic.PublicKind, topic.PublicTitle, topic.PublicSummary) = (shown?.Kind, shown?.Title, shown?.Summary);
        topic.PublicAt = found.Responses.Min(response => response.PublicAt);
        if (TopicFlow.Find(topic.State, TopicTrigger.Respond) is { To: { } answered } && found.IsAnswered)
        {
            Add(found, answered, TopicTrigger.Respond, null, null);
        }
        else if (TopicFlow.Find(topic.State, TopicTrigger.Reopen) is { To: { } open } && found.IsOwed && !found.IsAnswered)
        {
            topic.ClosedAt = null;
            Add(found, open, TopicTrigger.Reopen, null, null);
        }
    }

    /// <summary>Reads both instants.</summary>
    private static void Count(HotTopic topic)
    {
        var clocks = TopicCase.ClocksOf(topic);
        topic.StatementDueAt = clocks[0].DueAt;
        topic.BriefingDueAt = clocks.Count > 1 ? clocks[1].DueAt : null;
    }

    private TopicStep Add(
        TopicCase found, TopicState state, TopicTrigger trigger, Actor? actor, string? note,
        params ReadOnlySpan<(string Key, string Value)> facts)
    {
        var now = clock.GetUtcNow();
        var topic = found.Topic;
        var taken = new TopicStep
        {
            Id = Guid.CreateVersion7(now),
            TopicId = topic.Id,
            Sequence = found.Steps.Count + 1,
            Trigger = trigger,
            State = state,
            At = now,
            ActorId = actor?.Id,
            ActorName = actor?.Name,
            ActorUnit = actor?.Unit,
            Note = note is { Length: > 0 } ? Masking.InText(note) : null,
        };
        foreach (var (key, value) in facts)
        {
            if (value.Length > 0)
            {
                taken.Facts[key] = value;
            }
        }

        db.TopicSteps.Add(taken);
        found.Add(taken);
        topic.State = state;
        topic.ClosedAt ??= TopicFlow.Ended.Contains(state) ? now : null;
        topic.Version++;
        db.Record(DecisionOf(topic, taken, actor));
        return taken;
    }

    private static void Change(HotTopic topic, TopicInput input, SiteInfo? unit, Actor? actor)
    {
        switch (input.Trigger)
        {
            case TopicTrigger.Assess:
                (topic.Severity, topic.Need) = (input.Severity, input.Need);
                Count(topic);
                break;
            case TopicTrigger.Assign:
                (topic.UnitSiteId, topic.UnitName, topic.HandlerId, topic.HandlerName) = (unit!.Id, unit.OrganisationName, null, null);
                break;
            case TopicTrigger.Return:
                (topic.UnitSiteId, topic.UnitName, topic.HandlerId, topic.HandlerName) = (null, null, null, null);
                break;
            case TopicTrigger.TakeOn:
                (topic.HandlerId, topic.HandlerName) = (actor?.Id, actor?.Name);
                break;
            case TopicTrigger.Evaluate:
                topic.EffectNote = input.Note;
                break;
            case TopicTrigger.Resume:
                topic.ClosedAt = null;
                break;
        }
    }

    // The other is of the same site, not itself merged, and still to be answered.
    private string? IntoFault(HotTopic topic, HotTopic? into) => into switch
    {
        null => text["Fault.IntoUnknown"].Value,
        { Id: var id } when id == topic.Id => text["Fault.IntoSelf"].Value,
        _ when !TopicFlow.Open.Contains(into.State) => text["Fault.IntoEnded", names["State." + into.State].Value].Value,
        _ => null,
    };

    // What had been merged into this one follows it, and its clock: two topics of one matter were noticed when the first was.
    private async Task MergeAsync(HotTopic topic, TopicCase into, Actor? actor, CancellationToken cancellationToken)
    {
        foreach (var follower in await db.HotTopics.Where(row => row.MergedInto == topic.Id).ToListAsync(cancellationToken))
        {
            follower.MergedInto = into.Topic.Id;
            follower.Version++;
        }

        topic.MergedInto = into.Topic.Id;
        Note(into, TopicTrigger.Absorb, actor, null, [("topic", topic.Number), .. NoticeEarlier(into.Topic, topic.NoticedAt)]);
    }

    private (string, string)[] FactsOf(TopicInput input, SiteInfo? unit, HotTopic? into) => input.Trigger switch
    {
        TopicTrigger.Assess => [("severity", names["Severity." + input.Severity]), ("need", names["Need." + input.Need])],
        TopicTrigger.Assign => [("unit", unit!.OrganisationName)],
        TopicTrigger.Merge => [("into", into!.Number)],
        _ => [],
    };

    private DecisionTaken DecisionOf(HotTopic topic, TopicStep taken, Actor? actor)
    {
        var facts = new SortedDictionary<string, string>(taken.Facts, StringComparer.Ordinal) { ["state"] = names["State." + taken.State] };
        foreach (var (fact, name) in Coded)
        {
            if (facts.TryGetValue(fact, out var code))
            {
                facts[fact] = names[name + code];
            }
        }

        return new DecisionTaken
        {
            Id = Guid.CreateVersion7(taken.At),
            OccurredAt = taken.At,
            Action = "interaction.hot-topic." + TopicFlow.ActOf(taken.Trigger),
            ActorId = actor?.Id,
            ActorName = actor?.Name ?? text["Actor.Platform"],
            ActorUnit = actor?.Unit,
            SiteId = topic.SiteId,
            ObjectType = "hot-topic",
            ObjectId = topic.Id.ToString(),
            ObjectTitle = $"{topic.Number} {topic.Title}",
            Opinion = taken.Note,
            Facts = facts,
        };
    }

    private static TopicInput Cleaned(TopicInput input) => input with
    {
        Note = PublicText.Paragraphs(input.Note),
        Into = TopicNumber.Normalise(input.Into),
    };

    /// <summary>What is said when the topic is no longer as the person saw it, or does not allow what they ask.</summary>
    public Failure Conflict(string key) => new(FailureKind.Conflict, [new FieldError("", text[key])]);
}
