using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.JoinSource;

/// <summary>Adds another place where a topic was noticed.</summary>
internal sealed record JoinSource : IRequest<Outcome<Done>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageHotTopics;

    public Guid TopicId { get; init; }

    public DateTimeOffset? NoticedAt { get; init; }

    public string Reference { get; init; } = "";

    public string Note { get; init; } = "";

    /// <summary>It is meant that it was noticed earlier than was known, and that the clocks start earlier.</summary>
    public bool Sure { get; init; }
}

internal sealed class JoinSourceHandler(InteractionDbContext db, TopicScope scope, TopicIntake intake, ISites sites, IPageCache cache, IStringLocalizer<TopicDeskText> text)
    : IRequestHandler<JoinSource, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(JoinSource request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.TopicId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        if (!reached.Value.Parties.HasFlag(TopicParty.Desk))
        {
            return Failure.Forbidden;
        }

        var topic = reached.Value.Case.Topic;
        var known = topic.NoticedAt;
        var joined = await intake.JoinAsync(
            request.TopicId, new NewSource(request.NoticedAt, TopicSourceKind.Hand, request.Reference, request.Note),
            reached.Value.Actor, cancellationToken);
        if (joined.Succeeded && topic.NoticedAt < known && Unsure(request, topic, known) is { Count: > 0 } unsure)
        {
            db.ChangeTracker.Clear();
            return new Failure(FailureKind.Invalid, unsure);
        }

        if (!joined.Succeeded)
        {
            return joined.Failure;
        }

        if (await db.TrySaveAsync(cancellationToken, TopicConflicts.Of) is { } lost)
        {
            return lost;
        }

        await cache.EvictAsync([.. FollowResponses.TagsOf(sites, topic.SiteId)], cancellationToken);
        return Done.Value;
    }

    // What moves the time limits is said before it does, and why it does is kept.
    private List<FieldError> Unsure(JoinSource request, HotTopic topic, DateTimeOffset known)
    {
        List<FieldError> faults = [];
        if (PublicText.Paragraphs(request.Note).Length == 0)
        {
            faults.Add(new FieldError(nameof(request.Note), text["Fault.EarlierWhy"]));
        }

        if (!request.Sure)
        {
            faults.Add(new FieldError(
                nameof(request.Sure),
                text["Fault.Earlier", BeijingTime.Minute(known), BeijingTime.Minute(topic.NoticedAt), BeijingTime.Minute(topic.StatementDueAt)]));
        }

        return faults;
    }
}
