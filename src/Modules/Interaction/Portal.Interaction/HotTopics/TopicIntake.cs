using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics;

/// <summary>A topic as somebody, or something, noticed it.</summary>
/// <param name="SiteId">The site of the region, whose officer keeps it.</param>
/// <param name="Title">What the register calls it.</param>
/// <param name="NoticedAt">When: the clocks start here. Null: what was typed is no time.</param>
/// <param name="Source">Where.</param>
/// <param name="Reference">What it can be found by there.</param>
internal sealed record NewTopic(Guid SiteId, string Title, DateTimeOffset? NoticedAt, TopicSourceKind Source, string Reference)
{
    /// <summary>What people ask or fear.</summary>
    public string Concern { get; init; } = "";

    public string Note { get; init; } = "";
}

/// <summary>Another place where a topic was noticed.</summary>
internal sealed record NewSource(DateTimeOffset? NoticedAt, TopicSourceKind Source, string Reference, string Note = "");

/// <summary>
/// Enters topics into the register, by whatever way they come. It adds to the unit of work; who calls it has looked after
/// who may, and saves.
/// </summary>
internal sealed class TopicIntake(InteractionDbContext db, TopicWriter writer, IStringLocalizer<TopicDeskText> text, TimeProvider clock)
{
    /// <summary>A new topic.</summary>
    public async Task<Outcome<HotTopic>> OpenAsync(NewTopic topic, Actor? actor, CancellationToken cancellationToken)
    {
        topic = Cleaned(topic);
        if (FaultsOf(topic) is { Count: > 0 } faults)
        {
            return new Failure(FailureKind.Invalid, faults);
        }

        var now = clock.GetUtcNow();
        var opened = new HotTopic
        {
            Id = Guid.CreateVersion7(now),
            SiteId = topic.SiteId,
            Number = await TopicNumber.NextAsync(db, BeijingTime.In(now).Year, cancellationToken),
            Title = topic.Title,
            Concern = Masking.InText(topic.Concern),
            NoticedAt = topic.NoticedAt!.Value.ToUniversalTime(),
            RegisteredAt = now,
        };
        writer.Open(opened, SourceOf(opened.Id, opened.NoticedAt, topic.Source, topic.Reference, topic.Note), actor);
        return opened;
    }

    /// <summary>What is wrong with a topic, in the order of its form.</summary>
    public IReadOnlyList<FieldError> FaultsOf(NewTopic topic)
    {
        topic = Cleaned(topic);
        List<FieldError> faults = [];
        if (topic.Title.Length < 4 || !PublicText.Fits(topic.Title, TopicRules.MaximumTitle))
        {
            faults.Add(new FieldError(nameof(topic.Title), text["Fault.Title"]));
        }

        if (!PublicText.Fits(topic.Concern, TopicRules.MaximumConcern))
        {
            faults.Add(new FieldError(nameof(topic.Concern), text["Fault.Concern"]));
        }

        return [.. faults, .. Faults(topic.NoticedAt, topic.Source, topic.Reference, topic.Note)];
    }

    /// <summary>Another source of a topic that is still open; one that the platform found before changes nothing.</summary>
    public async Task<Outcome<TopicCase>> JoinAsync(Guid topicId, NewSource source, Actor? actor, CancellationToken cancellationToken)
    {
        source = source with { Reference = PublicText.Line(source.Reference), Note = PublicText.Paragraphs(source.Note) };
        if (await writer.FindAsync(topicId, cancellationToken) is not { } found)
        {
            return Failure.NotFound;
        }

        List<FieldError> faults = [.. Faults(source.NoticedAt, source.Source, source.Reference, source.Note)];
        if (source is { Reference.Length: 0, Note.Length: 0, Source: TopicSourceKind.Hand })
        {
            faults.Add(new FieldError(nameof(NewTopic.Reference), text["Fault.SourceEmpty"]));
        }

        if (faults.Count > 0)
        {
            return new Failure(FailureKind.Invalid, faults);
        }

        if (writer.Refusal(found.Topic, TopicTrigger.Join, actor is null ? TopicParty.Platform : TopicParty.Desk) is { } refusal)
        {
            return refusal;
        }

        if (source.Reference.Length > 0 && await db.TopicSources.AnyAsync(
            row => row.TopicId == topicId && row.Kind == source.Source && row.Reference == source.Reference && row.RetractedAt == null,
            cancellationToken))
        {
            // What a person types may differ in its time or its note: it is not dropped in silence.
            return source.Source == TopicSourceKind.Hand
                ? Failure.Invalid(nameof(NewTopic.Reference), text["Fault.ReferenceThere"])
                : found;
        }

        var noticedAt = source.NoticedAt!.Value.ToUniversalTime();
        db.TopicSources.Add(SourceOf(topicId, noticedAt, source.Source, source.Reference, source.Note));
        writer.Note(
            found, TopicTrigger.Join, actor, source.Note,
            [
                ("source", source.Source.ToString()), ("reference", source.Reference),
                .. TopicWriter.NoticeEarlier(found.Topic, noticedAt),
            ]);
        return found;
    }

    private static NewTopic Cleaned(NewTopic topic) => topic with
    {
        Title = PublicText.Line(topic.Title),
        Concern = PublicText.Paragraphs(topic.Concern),
        Reference = PublicText.Line(topic.Reference),
        Note = PublicText.Paragraphs(topic.Note),
    };

    private IEnumerable<FieldError> Faults(DateTimeOffset? noticedAt, TopicSourceKind kind, string reference, string note)
    {
        var now = clock.GetUtcNow();
        var oldest = BeijingTime.Date(now).AddDays(-TopicLimits.Of(BeijingTime.Date(now)).OldestDays);
        // What the platform kept is as old as it is; what is typed may be a slip.
        if (noticedAt is null || noticedAt > now || (kind == TopicSourceKind.Hand && BeijingTime.Date(noticedAt.Value) < oldest))
        {
            yield return new FieldError(
                nameof(NewTopic.NoticedAt),
                noticedAt is null ? text["Fault.NoticedAt"]
                    : noticedAt > now ? text["Fault.NoticedLate", BeijingTime.Minute(now)]
                    : text["Fault.NoticedOld", BeijingTime.Day(BeijingTime.StartOf(oldest))]);
        }

        if (reference.Length > TopicSourceConfiguration.LongestReference || (kind != TopicSourceKind.Hand && reference.Length == 0))
        {
            yield return new FieldError(nameof(NewTopic.Reference), text["Fault.Reference"]);
        }

        if (!PublicText.Fits(note, TopicRules.MaximumSourceNote))
        {
            yield return new FieldError(nameof(NewTopic.Note), text["Fault.SourceNote"]);
        }
    }

    private TopicSource SourceOf(Guid topicId, DateTimeOffset noticedAt, TopicSourceKind kind, string reference, string note)
    {
        var now = clock.GetUtcNow();
        return new TopicSource
        {
            Id = Guid.CreateVersion7(now),
            TopicId = topicId,
            Kind = kind,
            Reference = reference,
            NoticedAt = noticedAt,
            Note = Masking.InText(note),
            At = now,
        };
    }
}
