using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;

namespace Portal.Audit.Trail.ListEntries;

/// <summary>The trail, newest first, as far as the actor may read it.</summary>
public sealed record ListEntries : IRequest<Outcome<EntryList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadTrail;

    /// <summary>Only of this site.</summary>
    public string? Site { get; init; }

    /// <summary>Only of the person of this name.</summary>
    public string? Actor { get; init; }

    /// <summary>Only this action, or every action that begins so when it ends with a dot.</summary>
    public string? Action { get; init; }

    /// <summary>Only objects with this id or with this in their title.</summary>
    public string? ObjectName { get; init; }

    /// <summary>From this day on (Beijing), <c>yyyy-MM-dd</c>.</summary>
    public string? From { get; init; }

    /// <summary>Up to and with this day.</summary>
    public string? To { get; init; }

    /// <summary>Older than this entry.</summary>
    public string? Before { get; init; }

    /// <summary>Newer than this entry.</summary>
    public string? After { get; init; }
}

/// <summary>A page of the trail with its filter.</summary>
public sealed record EntryList(
    ListEntries Filter, IReadOnlyList<SiteInfo> Sites, IReadOnlyList<EntryLine> Entries, string? Older, string? Newer);

internal sealed class ListEntriesHandler(AuditDbContext db, TrailScope scope)
    : IRequestHandler<ListEntries, Outcome<EntryList>>
{
    public async Task<Outcome<EntryList>> Handle(ListEntries request, CancellationToken cancellationToken)
    {
        var page = await Matching(request).PageAsync(
            request.Before, request.After, (entries, token) => entries.ToListAsync(token), cancellationToken);
        return new EntryList(
            request,
            scope.Sites,
            [.. page.Items.Select(entry => EntryLine.Of(entry, scope))],
            page.Older,
            page.Newer);
    }

    private IQueryable<Entry> Matching(ListEntries request)
    {
        var entries = scope.Visible(db.Entries.AsNoTracking());
        if (Guid.TryParse(request.Site, out var site))
        {
            entries = entries.Where(entry => entry.SiteId == site);
        }

        if (request.Actor?.Trim() is { Length: > 0 } actor)
        {
            entries = entries.Where(entry => entry.ActorName == actor);
        }

        if (request.Action?.Trim() is { Length: > 0 } action)
        {
            entries = action.EndsWith('.')
                ? entries.Where(entry => entry.Action.StartsWith(action))
                : entries.Where(entry => entry.Action == action);
        }

        if (request.ObjectName?.Trim() is { Length: > 0 } named)
        {
            entries = entries.Where(entry => entry.ObjectId == named || entry.ObjectTitle!.Contains(named));
        }

        if (EntryPaging.StartOfDay(request.From) is { } from)
        {
            entries = entries.Where(entry => entry.OccurredAt >= from);
        }

        if (EntryPaging.StartOfDay(request.To, addDays: 1) is { } to)
        {
            entries = entries.Where(entry => entry.OccurredAt < to);
        }

        return entries;
    }
}
