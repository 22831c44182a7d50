using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Ui;

namespace Portal.Interaction.Consultations.ListOpinions;

/// <summary>Which opinions a list of the desk shows.</summary>
public enum OpinionSet
{
    /// <summary>待审核</summary>
    Waiting,

    /// <summary>待处理: valid, and nobody has said what becomes of them.</summary>
    Undisposed,

    /// <summary>公开展示</summary>
    Displayed,

    /// <summary>不公开展示</summary>
    Kept,

    /// <summary>不属于</summary>
    NotValid,
    All,
}

/// <summary>Opinions of a consultation.</summary>
public sealed record ListOpinions(Guid Id, OpinionSet Set, string? Clause, string? Cursor) : IRequest<Outcome<OpinionQueue>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageConsultations;
}

/// <summary>A queue and the sizes of all.</summary>
public sealed record OpinionQueue(
    Guid Id, string Title, OpinionSet Set, string? Clause, IReadOnlyList<Choice> Clauses, Page<QueuedOpinion> Rows,
    IReadOnlyDictionary<OpinionSet, int> Counts, IReadOnlyList<Choice> Clusters, bool MayAct);

/// <summary>A line; the words as they would be shown.</summary>
public sealed record QueuedOpinion(
    Guid Id, string Number, OpinionState State, OpinionChannel Channel, string? Clause, OpinionStance Stance, DateOnly Day, string? Masked,
    bool MayDisplay, bool Suspect, string Theme, string? Cluster, Disposition? Disposition);

internal sealed class ListOpinionsHandler(InteractionDbContext db, ConsultationScope scope, OpinionPapers papers)
    : IRequestHandler<ListOpinions, Outcome<OpinionQueue>>
{
    private const int Size = 30;

    public async Task<Outcome<OpinionQueue>> Handle(ListOpinions request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.Id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var row = found.Value.Row;
        var clusters = await db.OpinionClusters.AsNoTracking().Where(cluster => cluster.ConsultationId == row.Id)
            .OrderBy(cluster => cluster.Id).Take(300).ToListAsync(cancellationToken);
        Guid[] disposed = [.. clusters.Where(cluster => cluster.Disposition is not null).Select(cluster => cluster.Id)];
        var all = db.Opinions.AsNoTracking().Where(opinion => opinion.ConsultationId == row.Id);
        var counts = await CountAsync(all, disposed, cancellationToken);
        var shown = Of(all, request.Set, disposed);
        if (request.Clause is { Length: > 0 } clause)
        {
            shown = clause == ReadOpinions.ReadOpinions.Whole
                ? shown.Where(opinion => opinion.ClauseId == null)
                : shown.Where(opinion => opinion.ClauseId == clause);
        }

        var page = await shown.PageAsync(opinion => opinion.SubmittedAt, Cursor.Parse(request.Cursor), Size, cancellationToken);
        var words = await papers.WordsAsync(page.Items, cancellationToken);
        var named = clusters.ToDictionary(cluster => cluster.Id);
        return new OpinionQueue(
            row.Id, row.Title, request.Set, request.Clause,
            [.. (row.Released ?? row.Working).Clauses.Where(one => !one.IsHeading).Select(one => new Choice(one.Id, one.Label))],
            new Page<QueuedOpinion>([.. page.Items.Select(opinion => Line(opinion, words, named))], page.Older, page.Newer), counts,
            [.. clusters.Select(cluster => new Choice(cluster.Id.ToString(), cluster.Name))],
            ConsultationFlow.Allows(row.State, ConsultationTrigger.Moderate, ConsultationParty.Editor));
    }

    private static QueuedOpinion Line(
        Opinion opinion, IReadOnlyDictionary<Guid, WrittenOpinion> words, Dictionary<Guid, OpinionCluster> clusters)
    {
        var cluster = opinion.ClusterId is { } id ? clusters.GetValueOrDefault(id) : null;
        return new QueuedOpinion(
            opinion.Id, opinion.Number, opinion.State, opinion.Channel, opinion.ClauseLabel, opinion.Stance, opinion.ReceivedOn,
            opinion.DisplayText ?? (words.TryGetValue(opinion.Id, out var written) ? MaskedCopy.Propose(written) : null), opinion.MayDisplay,
            opinion.Suspicion is not null, opinion.Theme, cluster?.Name, opinion.Disposition ?? cluster?.Disposition);
    }

    private static IQueryable<Opinion> Of(IQueryable<Opinion> all, OpinionSet set, Guid[] disposed) => set switch
    {
        OpinionSet.Waiting => all.Where(row => row.State == OpinionState.Waiting),
        OpinionSet.Undisposed => all.Where(row => (row.State == OpinionState.Displayed || row.State == OpinionState.Kept)
            && row.Disposition == null && (row.ClusterId == null || !disposed.Contains(row.ClusterId.Value))),
        OpinionSet.Displayed => all.Where(row => row.State == OpinionState.Displayed),
        OpinionSet.Kept => all.Where(row => row.State == OpinionState.Kept),
        OpinionSet.NotValid => all.Where(row => row.State == OpinionState.NotValid),
        _ => all,
    };

    private static async Task<IReadOnlyDictionary<OpinionSet, int>> CountAsync(
        IQueryable<Opinion> all, Guid[] disposed, CancellationToken cancellationToken)
    {
        var counted = await all
            .GroupBy(row => new
            {
                row.State,
                Answered = row.Disposition != null || (row.ClusterId != null && disposed.Contains(row.ClusterId.Value)),
            })
            .Select(group => new { group.Key.State, group.Key.Answered, Count = group.Count() })
            .ToListAsync(cancellationToken);
        int Sum(OpinionState state) => counted.Where(row => row.State == state).Sum(row => row.Count);
        return new Dictionary<OpinionSet, int>
        {
            [OpinionSet.Waiting] = Sum(OpinionState.Waiting),
            [OpinionSet.Undisposed] = counted.Where(row => !row.Answered && row.State is (OpinionState.Displayed or OpinionState.Kept)).Sum(row => row.Count),
            [OpinionSet.Displayed] = Sum(OpinionState.Displayed),
            [OpinionSet.Kept] = Sum(OpinionState.Kept),
            [OpinionSet.NotValid] = Sum(OpinionState.NotValid),
            [OpinionSet.All] = counted.Sum(row => row.Count),
        };
    }
}
