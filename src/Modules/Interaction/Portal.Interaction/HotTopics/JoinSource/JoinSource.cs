using MediatR;
using Portal.Shared.Actors;
using Portal.Shared.Data;
using Portal.Shared.Outcomes;

namespace Portal.Interaction.HotTopics.JoinSource;

/// <summary>Adds another place where a topic was noticed.</summary>
internal sealed record JoinSource : IRequest<Outcome<Done>>, IRequirePermission
{
    public static Permission Permission => Permission.ManageHotTopics;

    public Guid TopicId { get; init; }

    public DateTimeOffset? NoticedAt { get; init; }

    public TopicSourceKind Source { get; init; }

    public string Reference { get; init; } = "";

    public string Note { get; init; } = "";
}

internal sealed class JoinSourceHandler(InteractionDbContext db, TopicScope scope, TopicIntake intake)
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

        var joined = await intake.JoinAsync(
            request.TopicId,
            new NewSource(request.NoticedAt ?? DateTimeOffset.MaxValue, request.Source, request.Reference, request.Note),
            reached.Value.Actor, cancellationToken);
        return !joined.Succeeded ? joined.Failure
            : await db.TrySaveAsync(cancellationToken, TopicConflicts.Of) is { } lost ? lost
            : Done.Value;
    }
}
