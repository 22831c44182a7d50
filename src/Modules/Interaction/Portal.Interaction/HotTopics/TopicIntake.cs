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
/// <param name="NoticedAt">When: the clocks start here.</param>
/// <param name="Source">Where.</param>
/// <param name="Reference">What it can be found by there.</param>
internal sealed record NewTopic(Guid SiteId, string Title, DateTimeOffset NoticedAt, TopicSourceKind Source, string Reference)
{
    /// <summary>What people ask or fear.</summary>
    public string Concern { get; init; } = "";

    public string Note { get; init; } = "";
}

/// <summary>Another place where a topic was noticed.</summary>
internal sealed record NewSource(DateTimeOffset NoticedAt, TopicSourceKind Source, string Reference, string Note = "");

/// <summary>
/// Enters topics into the register, by whatever way they come. It adds to the unit of work; who calls it has looked after
/// who may, and saves.
/// </summary>
internal sealed class TopicIntake(InteractionDbContext db, TopicWriter writer, IStringLocalizer<TopicDeskText> text, TimeProvider clock)
{
    /// <summary>A new topic.</summary>
    public async Task<Outcome<HotTopic>> OpenAsync(NewTopic topic, Actor? actor, CancellationToken cancellationToken)
    {
        topic = topic with
        {
            Title = PublicText.Line(topic.Title),
            Concern = PublicText.Paragraphs(topic.Concern),
            Reference = PublicText.Line(topic.Reference),
            Note = PublicText.Paragraphs(topic.Note),
        };
        List<FieldError> faults = [.. Faults(topic.NoticedAt, topic.Source, topic.Reference, topic.Note)];
        if (topic.Title.Length < 4 || !PublicText.Fits(topic.Title, TopicRules.MaximumTitle))
        {
            faults.Add(new FieldError(nameof(topic.Title), text["Fault.Title"]));
        }

        if (!PublicText.Fits(topic.Concern, TopicRules.MaximumConcern))
        {
            faults.Add(new FieldError(nameof(topic.Concern), text["Fault.Concern"]));
        }

        if (faults.Count > 0)
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
            NoticedAt = topic.NoticedAt.ToUniversalTime(),
            RegisteredAt = now,
        };
        writer.Open(opened, SourceOf(opened.Id, topic.NoticedAt, topic.Source, topic.Reference, topic.Note), actor);
        return opened;
    }

    /// <summary>Another source of a topic that is still open; one that it has already changes nothing.</summary>
    public async Task<Outcome<TopicCase>> JoinAsync(Guid topicId, NewSource source, Actor? actor, CancellationToken cancellationToken)
    {
        source = source with { Reference = PublicText.Line(source.Reference), Note = PublicText.Paragraphs(source.Note) };
        if (await writer.FindAsync(topicId, cancellationToken) is not { } found)
        {
            return Failure.NotFound;
        }

        if (Faults(source.NoticedAt, source.Source, source.Reference, source.Note).ToList() is { Count: > 0 } faults)
        {
            return new Failure(FailureKind.Invalid, faults);
        }

        if (writer.Refusal(found.Topic, TopicTrigger.Join, actor is null ? TopicParty.Platform : TopicParty.Desk) is { } refusal)
        {
            return refusal;
        }

        if (source.Reference.Length > 0 && await db.TopicSources.AnyAsync(
            row => row.TopicId == topicId && row.Kind == source.Source && row.Reference == source.Reference, cancellationToken))
        {
            return found;
        }

        db.TopicSources.Add(SourceOf(topicId, source.NoticedAt, source.Source, source.Reference, source.Note));
        TopicWriter.NoticeEarlier(found.Topic, source.NoticedAt.ToUniversalTime());
        writer.Note(
            found, TopicTrigger.Join, actor, source.Note, ("source", source.Source.ToString()), ("reference", source.Reference));
        return found;
    }

    private IEnumerable<FieldError> Faults(DateTimeOffset noticedAt, TopicSourceKind kind, string reference, string note)
    {
        if (noticedAt > clock.GetUtcNow() || noticedAt.Year < 2000)
        {
            yield return new FieldError(nameof(NewTopic.NoticedAt), text["Fault.NoticedAt"]);
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
            NoticedAt = noticedAt.ToUniversalTime(),
            Note = Masking.InText(note),
            At = now,
        };
    }
}
