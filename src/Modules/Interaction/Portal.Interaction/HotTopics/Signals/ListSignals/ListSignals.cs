using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;

namespace Portal.Interaction.HotTopics.Signals.ListSignals;

/// <summary>Which signals a list shows.</summary>
public enum SignalSet
{
    /// <summary>待研判</summary>
    Open,

    /// <summary>已处理</summary>
    Settled,

    /// <summary>全部</summary>
    All,
}

/// <summary>Signals over all sites of the person's grants, the newest first.</summary>
public sealed record ListSignals : IRequest<Outcome<SignalList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageHotTopics;

    public SignalSet Set { get; init; }

    public SignalSource? Source { get; init; }

    public string? Cursor { get; init; }
}

/// <summary>A list, and how many are still to be judged.</summary>
public sealed record SignalList(Page<SignalRow> Rows, int Open);

/// <summary>A line.</summary>
public sealed record SignalRow(
    Guid Id, string Title, SignalSource Source, SignalState State, string SiteName, DateTimeOffset NoticedAt, SignalEvidence Evidence);

internal sealed class ListSignalsHandler(InteractionDbContext db, SignalScope scope, ISites sites, ICurrentActor current)
    : IRequestHandler<ListSignals, Outcome<SignalList>>
{
    private const int Size = 40;

    public async Task<Outcome<SignalList>> Handle(ListSignals request, CancellationToken cancellationToken)
    {
        var reach = scope.ReachOf(current.Actor!);
        if (reach.Length == 0)
        {
            return Failure.Forbidden;
        }

        var within = db.Signals.AsNoTracking().Where(row => reach.Contains(row.SiteId));
        var open = await within.CountAsync(row => row.State == SignalState.Open, cancellationToken);
        var found = request.Set switch
        {
            SignalSet.Open => within.Where(row => row.State == SignalState.Open),
            SignalSet.Settled => within.Where(row => row.State != SignalState.Open),
            _ => within,
        };
        if (request.Source is { } source)
        {
            found = found.Where(row => row.Source == source);
        }

        return new SignalList(await PageAsync(found, Cursor.Parse(request.Cursor), cancellationToken), open);
    }

    private async Task<Page<SignalRow>> PageAsync(IQueryable<Signal> found, Cursor? cursor, CancellationToken cancellationToken)
    {
        var back = cursor is { Backwards: true };
        if (cursor is { } edge)
        {
            found = back
                ? found.Where(row => row.NoticedAt > edge.At || (row.NoticedAt == edge.At && row.Id > edge.Id))
                : found.Where(row => row.NoticedAt < edge.At || (row.NoticedAt == edge.At && row.Id < edge.Id));
        }

        var ordered = back
            ? found.OrderBy(row => row.NoticedAt).ThenBy(row => row.Id)
            : found.OrderByDescending(row => row.NoticedAt).ThenByDescending(row => row.Id);
        var items = await ordered.Take(Size + 1).ToListAsync(cancellationToken);
        var more = items.Count > Size;
        if (more)
        {
            items.RemoveAt(Size);
        }

        if (back)
        {
            items.Reverse();
        }

        string Edge(Signal row, bool backwards) => new Cursor(row.NoticedAt, row.Id, backwards).ToString();
        return new Page<SignalRow>(
            items.ConvertAll(row => new SignalRow(
                row.Id, row.Title, row.Source, row.State, sites.ById(row.SiteId)?.Name ?? "", row.NoticedAt, row.Evidence)),
            items.Count > 0 && (back || more) ? Edge(items[^1], false) : null,
            items.Count > 0 && (back ? more : cursor is not null) ? Edge(items[0], true) : null);
    }
}
