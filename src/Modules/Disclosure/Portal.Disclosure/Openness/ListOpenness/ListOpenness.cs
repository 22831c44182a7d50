using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Interpretations;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Openness.ListOpenness;

/// <summary>What is due, near due, late or done, over all sites that the person knows.</summary>
public sealed record ListOpenness : IRequest<Outcome<OpennessList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;

    /// <summary>Which of them.</summary>
    public OpennessSet Set { get; init; }

    /// <summary>One kind only.</summary>
    public OpennessKind? Kind { get; init; }

    /// <summary>One site and those below it.</summary>
    public Guid? SiteId { get; init; }

    /// <summary>A place in the list.</summary>
    public string? Cursor { get; init; }
}

/// <summary>A list and the sizes of all.</summary>
public sealed record OpennessList(
    Page<OpennessRow> Rows, IReadOnlyDictionary<OpennessSet, int> Counts, IReadOnlyList<Choice> Sites);

/// <summary>A line of the list.</summary>
public sealed record OpennessRow
{
    /// <summary>The item.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is.</summary>
    public required OpennessKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required OpennessSet Set { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Its site and the organisation that is responsible.</summary>
    public required string SiteName { get; init; }

    /// <summary>The organisation that is responsible.</summary>
    public required string OrganisationName { get; init; }

    /// <summary>From when the time runs.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From when it is late.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it was public.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>The last reason given for being late.</summary>
    public string? Reason { get; init; }

    /// <summary>Of an interpretation: is there a plan?</summary>
    public bool? IsPlanned { get; init; }
}

internal sealed class ListOpennessHandler(
    DisclosureDbContext db, OpennessClock clock, ISites sites, ICurrentActor current, TimeProvider time)
    : IRequestHandler<ListOpenness, Outcome<OpennessList>>
{
    private const int Size = 40;

    public async Task<Outcome<OpennessList>> Handle(ListOpenness request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor)
        {
            return Failure.NotFound;
        }

        var mine = actor.SitesWith(Permission.UseConsole, sites.All);
        // A site that the person does not know is none.
        var chosen = mine.FirstOrDefault(site => site.Id == request.SiteId);
        List<Guid> ids = [.. mine.Where(site => chosen is null || site.Path.Contains(chosen.Id)).Select(site => site.Id)];
        var now = time.GetUtcNow();
        var sets = new OpennessSets(now, clock.NearUntil(ids, now));
        var within = db.OpennessItems.AsNoTracking().Where(item => ids.Contains(item.SiteId));
        if (request.Kind is { } kind)
        {
            within = within.Where(item => item.Kind == kind);
        }

        var counts = await sets.CountAsync(within, cancellationToken);
        var page = await PageAsync(request, sets, within, cancellationToken);
        return new OpennessList(
            page, counts,
            [.. mine.OrderBy(site => site.Path.Count).Select(site => new Choice(site.Id.ToString(), site.Name))]);
    }

    // What is open begins with what was due first; what is done, with what was due last.
    private async Task<Page<OpennessRow>> PageAsync(
        ListOpenness request, OpennessSets sets, IQueryable<OpennessItem> within, CancellationToken cancellationToken)
    {
        var rising = request.Set is OpennessSet.Late or OpennessSet.Near or OpennessSet.Running;
        var cursor = Cursor.Parse(request.Cursor);
        var back = cursor is { Backwards: true };
        var rows = sets.Of(request.Set, within);
        var upward = rising != back;
        if (cursor is { } edge)
        {
            rows = upward
                ? rows.Where(item => item.DueAt > edge.At || (item.DueAt == edge.At && item.Id > edge.Id))
                : rows.Where(item => item.DueAt < edge.At || (item.DueAt == edge.At && item.Id < edge.Id));
        }

        var found = await (upward
                ? rows.OrderBy(item => item.DueAt).ThenBy(item => item.Id)
                : rows.OrderByDescending(item => item.DueAt).ThenByDescending(item => item.Id))
            .Take(Size + 1).ToListAsync(cancellationToken);
        var more = found.Count > Size;
        if (more)
        {
            found.RemoveAt(Size);
        }

        if (back)
        {
            found.Reverse();
        }

        var next = found.Count > 0 && (back || more) ? new Cursor(found[^1].DueAt, found[^1].Id, false).ToString() : null;
        var before = found.Count > 0 && (back ? more : cursor is not null)
            ? new Cursor(found[0].DueAt, found[0].Id, true).ToString() : null;
        return new Page<OpennessRow>(await RowsAsync(found, sets, cancellationToken), next, before);
    }

    private async Task<IReadOnlyList<OpennessRow>> RowsAsync(
        List<OpennessItem> items, OpennessSets sets, CancellationToken cancellationToken)
    {
        var ids = items.ConvertAll(item => item.Id);
        var reasons = (await db.OpennessReasons.AsNoTracking().Where(reason => ids.Contains(reason.ItemId))
            .OrderBy(reason => reason.At).ToListAsync(cancellationToken)).ToLookup(reason => reason.ItemId, reason => reason.Reason);
        var plans = await db.InterpretationPlans.NewestAsync(
            [.. items.Where(item => item.Kind == OpennessKind.Interpretation).Select(item => item.SubjectId)], cancellationToken);
        return items.ConvertAll(item => new OpennessRow
        {
            Id = item.Id,
            Kind = item.Kind,
            Set = sets.Of(item),
            Title = item.Title,
            SiteName = sites.ById(item.SiteId)?.Name ?? "",
            OrganisationName = sites.ById(item.SiteId)?.OrganisationName ?? "",
            StartedAt = item.StartedAt,
            DueAt = item.DueAt,
            DoneAt = item.DoneAt,
            Reason = reasons[item.Id].LastOrDefault(),
            IsPlanned = item.Kind == OpennessKind.Interpretation ? plans.ContainsKey(item.SubjectId) : null,
        });
    }
}
