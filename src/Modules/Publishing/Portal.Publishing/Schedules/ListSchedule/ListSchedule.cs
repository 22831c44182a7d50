using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Documents;
using Portal.Publishing.Reviews;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;

namespace Portal.Publishing.Schedules.ListSchedule;

/// <summary>What will be published and taken down at its time, on all sites of the person; the next first.</summary>
public sealed record ListSchedule : IRequest<Outcome<Schedule>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;

    /// <summary>One site only.</summary>
    public Guid? SiteId { get; init; }

    /// <summary>Where the page begins.</summary>
    public string? Cursor { get; init; }
}

/// <summary>The schedule.</summary>
/// <param name="Rows">The rows; <c>Older</c> is the page before, <c>Newer</c> the next one.</param>
/// <param name="Sites">The person's sites, to choose one.</param>
/// <param name="Now">When it was read: what was due before is overdue.</param>
public sealed record Schedule(Page<ScheduleRow> Rows, IReadOnlyList<SiteInfo> Sites, DateTimeOffset Now)
{
    /// <summary>A second after its time everything should have happened.</summary>
    public bool IsOverdue(ScheduleRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.At < Now.AddSeconds(-1);
    }
}

/// <summary>Something that will happen.</summary>
public sealed record ScheduleRow(
    Guid EditionId,
    Guid DocumentId,
    int Number,
    bool TakesDown,
    DateTimeOffset At,
    string Title,
    string SiteName,
    string ChannelName,
    bool MayCancel);

internal sealed class ListScheduleHandler(
    WaitingEditions editions, ISites sites, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<ListSchedule, Outcome<Schedule>>
{
    private const int Size = 40;

    public async Task<Outcome<Schedule>> Handle(ListSchedule request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor)
        {
            return Failure.NotFound;
        }

        var rows = editions.Within(actor, Permission.UseConsole)
            .Where(row => row.Edition.State == EditionState.Scheduled
                || (row.Edition.State == EditionState.Live && row.Edition.TakeDownAt != null))
            .Select(row => new
            {
                row.Edition,
                row.Channel,
                At = row.Edition.State == EditionState.Scheduled ? row.Edition.PublishAt!.Value : row.Edition.TakeDownAt!.Value,
            });
        if (request.SiteId is { } site)
        {
            rows = rows.Where(row => row.Edition.SiteId == site);
        }

        var cursor = Cursor.Parse(request.Cursor);
        if (cursor is { } edge)
        {
            // What happens first comes first: here the next page is the later one.
            rows = edge.Backwards
                ? rows.Where(row => row.At > edge.At || (row.At == edge.At && row.Edition.Id > edge.Id))
                : rows.Where(row => row.At < edge.At || (row.At == edge.At && row.Edition.Id < edge.Id));
        }

        var back = cursor is { Backwards: false };
        var found = await (back
                ? rows.OrderByDescending(row => row.At).ThenByDescending(row => row.Edition.Id)
                : rows.OrderBy(row => row.At).ThenBy(row => row.Edition.Id))
            .Select(row => new
            {
                row.Edition.Id,
                row.Edition.DocumentId,
                row.Edition.Number,
                row.Edition.State,
                row.At,
                row.Edition.Title,
                row.Edition.SiteId,
                row.Channel.Name,
                row.Channel.Lineage,
            })
            .Take(Size + 1)
            .ToListAsync(cancellationToken);
        var more = found.Count > Size;
        if (more)
        {
            found.RemoveAt(Size);
        }

        if (back)
        {
            found.Reverse();
        }

        var items = found.ConvertAll(row => new ScheduleRow(
            row.Id, row.DocumentId, row.Number, row.State == EditionState.Live, row.At, row.Title,
            sites.ById(row.SiteId)?.Name ?? "", row.Name,
            row.State == EditionState.Scheduled && sites.ById(row.SiteId) is { } own
                && actor.Can(Permission.Release, own, row.Lineage)));
        var later = items.Count > 0 && (back || more)
            ? new Cursor(items[^1].At, items[^1].EditionId, true).ToString() : null;
        var earlier = items.Count > 0 && (back ? more : cursor is not null)
            ? new Cursor(items[0].At, items[0].EditionId, false).ToString() : null;
        return new Schedule(
            new Page<ScheduleRow>(items, earlier, later), actor.SitesWith(Permission.UseConsole, sites.All), clock.GetUtcNow());
    }
}
