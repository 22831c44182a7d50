using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.RetractSource;

/// <summary>
/// Retracts a source that was added by mistake: the clocks start when the first of the others noticed it. The source stays in
/// the file, and the step says both times.
/// </summary>
public sealed record RetractSource(Guid TopicId, int Version, Guid? SourceId, string Note) : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageHotTopics;
}

internal sealed class RetractSourceHandler(
    InteractionDbContext db, TopicScope scope, TopicWriter writer, ISites sites, IPageCache cache, IStringLocalizer<TopicDeskText> text,
    TimeProvider clock) : IRequestHandler<RetractSource, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(RetractSource request, CancellationToken cancellationToken)
    {
        var reached = await scope.ForStepAsync(request.TopicId, TopicTrigger.Retract, request.Version, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, _) = reached.Value;
        var topic = found.Topic;
        // What was noticed of the topics merged into this one was noticed of it.
        var counted = await db.TopicSources
            .Where(row => row.RetractedAt == null
                && (row.TopicId == topic.Id || db.HotTopics.Any(merged => merged.Id == row.TopicId && merged.MergedInto == topic.Id)))
            .OrderBy(row => row.NoticedAt).ToListAsync(cancellationToken);
        var source = counted.Find(row => row.Id == request.SourceId);
        var input = new TopicInput { Trigger = TopicTrigger.Retract, Note = PublicText.Paragraphs(request.Note) };
        List<FieldError> faults = [.. TopicRules.Faults(topic, input, key => text[key])];
        if (source is null || counted.Count == 1)
        {
            faults.Add(new FieldError(nameof(request.SourceId), text[source is null ? "Fault.Source" : "Fault.LastSource"]));
        }

        if (faults.Count > 0)
        {
            return new Failure(FailureKind.Invalid, faults);
        }

        source!.RetractedAt = clock.GetUtcNow();
        writer.Note(
            found, TopicTrigger.Retract, actor, input.Note,
            [
                ("source", source.Kind.ToString()), ("reference", source.Reference), ("retracted", BeijingTime.Minute(source.NoticedAt)),
                .. TopicWriter.Notice(topic, counted.First(row => row != source).NoticedAt),
            ]);
        if (await db.TrySaveAsync(cancellationToken, TopicConflicts.Of) is not null)
        {
            return writer.Conflict("Rule.Stale");
        }

        await cache.EvictAsync([.. FollowResponses.TagsOf(sites, topic.SiteId)], cancellationToken);
        return Done.Value;
    }
}
