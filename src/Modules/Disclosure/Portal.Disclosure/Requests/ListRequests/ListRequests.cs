using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Requests.ListRequests;

/// <summary>Which cases a list shows.</summary>
public enum RequestSet
{
    /// <summary>我的待办: mine, and those that nobody has taken on.</summary>
    Mine,

    /// <summary>Everything open.</summary>
    Open,

    /// <summary>What waits for the head of the office.</summary>
    Decisions,

    /// <summary>Near due.</summary>
    Near,

    /// <summary>Late.</summary>
    Late,

    /// <summary>Everything, the closed ones too.</summary>
    All,
}

/// <summary>Cases over all sites of the person's grants.</summary>
public sealed record ListRequests : IRequest<Outcome<RequestList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleRequests;

    public RequestSet Set { get; init; }

    public Guid? SiteId { get; init; }

    /// <summary>Part of a number or title.</summary>
    public string Text { get; init; } = "";

    public string? Cursor { get; init; }
}

/// <summary>A list and the sizes of all.</summary>
public sealed record RequestList(
    Page<RequestRow> Rows, IReadOnlyDictionary<RequestSet, int> Counts, IReadOnlyList<Choice> Sites, DateOnly Today);

/// <summary>A line; no personal data.</summary>
public sealed record RequestRow(
    Guid Id, string Number, string Title, RequestState State, ApplicantKind ApplicantKind, ReceiptChannel Channel, string SiteName,
    string? HandlerName, DateTimeOffset SubmittedAt, DateOnly? DueOn, int? DaysLeft, bool Late);

internal sealed class ListRequestsHandler(
    DisclosureDbContext db, RequestCalendars calendars, ISites sites, ISettings settings, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<ListRequests, Outcome<RequestList>>
{
    private const int Size = 40;

    public async Task<Outcome<RequestList>> Handle(ListRequests request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor)
        {
            return Failure.NotFound;
        }

        var today = BeijingTime.Date(clock.GetUtcNow());
        var mine = RequestScope.SitesOf(actor, sites);
        var sets = new RequestSets(calendars, settings, actor.Id, today);
        var within = db.Requests.AsNoTracking().Where(row => mine.Contains(row.SiteId));
        var counts = await sets.CountAsync(within, mine, cancellationToken);
        var rows = Narrowed(sets.Of(request.Set, within, mine), request.SiteId, request.Text);
        var page = request.Set is RequestSet.Near or RequestSet.Late
            ? await ByDueAsync(rows, Cursor.Parse(request.Cursor), today, cancellationToken)
            : await NewestAsync(rows, Cursor.Parse(request.Cursor), today, cancellationToken);
        return new RequestList(
            page, counts,
            [.. mine.Select(id => sites.ById(id)!).Select(info => new Choice(info.Id.ToString(), info.Name))], today);
    }

    /// <summary>One site, and part of a number or title.</summary>
    public static IQueryable<InformationRequest> Narrowed(IQueryable<InformationRequest> rows, Guid? siteId, string text)
    {
        if (siteId is { } site)
        {
            rows = rows.Where(row => row.SiteId == site);
        }

        if (PublicText.Line(text) is { Length: > 0 } words)
        {
            var pattern = "%" + words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
                .Replace("_", "\\_", StringComparison.Ordinal) + "%";
            rows = rows.Where(row => EF.Functions.ILike(row.Number, pattern, "\\") || EF.Functions.ILike(row.Title, pattern, "\\"));
        }

        return rows;
    }

    private async Task<Page<RequestRow>> NewestAsync(
        IQueryable<InformationRequest> rows, Cursor? cursor, DateOnly today, CancellationToken cancellationToken)
    {
        if (cursor is { } edge)
        {
            rows = edge.Backwards
                ? rows.Where(row => row.SubmittedAt > edge.At || (row.SubmittedAt == edge.At && row.Id > edge.Id))
                : rows.Where(row => row.SubmittedAt < edge.At || (row.SubmittedAt == edge.At && row.Id < edge.Id));
        }

        var back = cursor is { Backwards: true };
        var found = await (back
                ? rows.OrderBy(row => row.SubmittedAt).ThenBy(row => row.Id)
                : rows.OrderByDescending(row => row.SubmittedAt).ThenByDescending(row => row.Id))
            .Take(Size + 1).ToListAsync(cancellationToken);
        return PageOf(found, cursor, back, row => row.SubmittedAt, today);
    }

    // The most urgent first; here the next page is the later one.
    private async Task<Page<RequestRow>> ByDueAsync(
        IQueryable<InformationRequest> rows, Cursor? cursor, DateOnly today, CancellationToken cancellationToken)
    {
        var back = cursor is { Backwards: true };
        if (cursor is { } edge)
        {
            var day = BeijingTime.Date(edge.At);
            rows = back
                ? rows.Where(row => row.DueOn < day || (row.DueOn == day && row.Id < edge.Id))
                : rows.Where(row => row.DueOn > day || (row.DueOn == day && row.Id > edge.Id));
        }

        var found = await (back
                ? rows.OrderByDescending(row => row.DueOn).ThenByDescending(row => row.Id)
                : rows.OrderBy(row => row.DueOn).ThenBy(row => row.Id))
            .Take(Size + 1).ToListAsync(cancellationToken);
        return PageOf(found, cursor, back, row => BeijingTime.StartOf(row.DueOn!.Value), today);
    }

    private Page<RequestRow> PageOf(
        List<InformationRequest> found, Cursor? cursor, bool back, Func<InformationRequest, DateTimeOffset> at, DateOnly today)
    {
        var more = found.Count > Size;
        if (more)
        {
            found.RemoveAt(Size);
        }

        if (back)
        {
            found.Reverse();
        }

        var next = found.Count > 0 && (back || more) ? new Cursor(at(found[^1]), found[^1].Id, false).ToString() : null;
        var before = found.Count > 0 && (back ? more : cursor is not null) ? new Cursor(at(found[0]), found[0].Id, true).ToString() : null;
        return new Page<RequestRow>(found.ConvertAll(row => RowOf(row, today)), next, before);
    }

    private RequestRow RowOf(InformationRequest row, DateOnly today) => new(
        row.Id, row.Number, Masking.InText(row.Title), row.State, row.ApplicantKind, row.Channel, sites.ById(row.SiteId)?.Name ?? "",
        row.HandlerName, row.SubmittedAt, row.DueOn,
        row.DueOn is { } due && due >= today ? calendars.Of(row.SiteId).CountWorkdays(today, due) : null,
        row.DueOn < today);
}

/// <summary>The sets of cases, as conditions; late and near are worked out against today, never stored.</summary>
internal sealed class RequestSets(RequestCalendars calendars, ISettings settings, Guid actorId, DateOnly today)
{
    public IQueryable<InformationRequest> Of(RequestSet set, IQueryable<InformationRequest> within, IReadOnlyList<Guid> sites)
    {
        var near = NearUntil(sites);
        var actor = actorId;
        var day = today;
        return set switch
        {
            RequestSet.Mine => within.Where(row => row.ClosedOn == null && (row.HandlerId == actor || row.HandlerId == null)),
            RequestSet.Open => within.Where(row => row.ClosedOn == null),
            RequestSet.Decisions => within.Where(row => row.State == RequestState.Reviewing || row.Awaits != null),
            RequestSet.Near => within.Where(row => row.DueOn >= day && row.DueOn <= near),
            RequestSet.Late => within.Where(row => row.DueOn < day),
            _ => within,
        };
    }

    public async Task<IReadOnlyDictionary<RequestSet, int>> CountAsync(
        IQueryable<InformationRequest> within, IReadOnlyList<Guid> sites, CancellationToken cancellationToken)
    {
        var near = NearUntil(sites);
        var actor = actorId;
        var day = today;
        var counts = await within.Where(row => row.ClosedOn == null)
            .GroupBy(_ => 1)
            .Select(group => new
            {
                Mine = group.Count(row => row.HandlerId == actor || row.HandlerId == null),
                Open = group.Count(),
                Decisions = group.Count(row => row.State == RequestState.Reviewing || row.Awaits != null),
                Near = group.Count(row => row.DueOn >= day && row.DueOn <= near),
                Late = group.Count(row => row.DueOn < day),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return new Dictionary<RequestSet, int>
        {
            [RequestSet.Mine] = counts?.Mine ?? 0,
            [RequestSet.Open] = counts?.Open ?? 0,
            [RequestSet.Decisions] = counts?.Decisions ?? 0,
            [RequestSet.Near] = counts?.Near ?? 0,
            [RequestSet.Late] = counts?.Late ?? 0,
        };
    }

    // One day for all sites: the widest setting, so that none is overlooked.
    private DateOnly NearUntil(IReadOnlyList<Guid> sites) => sites.Count == 0
        ? today
        : sites.Max(site => calendars.Of(site).AddWorkdays(today, settings.For<RequestSettings>(site).NearDays));
}
