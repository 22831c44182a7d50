using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics.Signals.ReadSignal;

/// <summary>Reads a signal with what speaks for it and what was made of it.</summary>
public sealed record ReadSignal(Guid SignalId) : IRequest<Outcome<SignalView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageHotTopics;
}

/// <summary>What somebody made of it.</summary>
public sealed record SignalVerdict(
    DateTimeOffset At, string Person, string? Unit, SignalState Verdict, Guid? TopicId, string? TopicTitle, string Reason);

/// <summary>A signal as its page shows it.</summary>
public sealed record SignalView
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    public required SignalSource Source { get; init; }

    public required SignalState State { get; init; }

    public required string SiteName { get; init; }

    public required DateTimeOffset NoticedAt { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    public required SignalEvidence Evidence { get; init; }

    public required IReadOnlyList<SignalVerdict> Verdicts { get; init; }

    /// <summary>The open topics that it may be joined to, the newest first.</summary>
    public required IReadOnlyList<Choice> Topics { get; init; }
}

internal sealed class ReadSignalHandler(InteractionDbContext db, SignalScope scope) : IRequestHandler<ReadSignal, Outcome<SignalView>>
{
    private const int MostTopics = 100;

    public async Task<Outcome<SignalView>> Handle(ReadSignal request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.SignalId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (signal, site, actor) = reached.Value;
        var verdicts = await db.SignalJudgements.AsNoTracking().Where(row => row.SignalId == signal.Id)
            .OrderByDescending(row => row.At).ThenByDescending(row => row.Id)
            .Select(row => new SignalVerdict(row.At, row.ActorName ?? "", row.ActorUnit, row.Verdict, row.TopicId, row.TopicTitle, row.Reason))
            .ToListAsync(cancellationToken);
        return new SignalView
        {
            Id = signal.Id,
            Version = signal.Version,
            Title = signal.Title,
            Source = signal.Source,
            State = signal.State,
            SiteName = site.Name,
            NoticedAt = signal.NoticedAt,
            SeenAt = signal.SeenAt,
            Evidence = signal.Evidence,
            Verdicts = verdicts,
            Topics = signal.State == SignalState.Open ? await TopicsAsync(actor, cancellationToken) : [],
        };
    }

    private async Task<IReadOnlyList<Choice>> TopicsAsync(Actor actor, CancellationToken cancellationToken)
    {
        var (reach, open) = (scope.ReachOf(actor), TopicFlow.Open);
        var topics = await db.HotTopics.AsNoTracking().Where(row => reach.Contains(row.SiteId) && open.Contains(row.State))
            .OrderByDescending(row => row.NoticedAt).ThenByDescending(row => row.Id).Take(MostTopics)
            .Select(row => new { row.Id, row.Number, row.Title }).ToListAsync(cancellationToken);
        return [.. topics.Select(row => new Choice(row.Id.ToString(), $"{row.Title}（{row.Number}）"))];
    }
}
