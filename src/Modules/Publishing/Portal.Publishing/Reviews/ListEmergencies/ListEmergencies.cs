using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;

namespace Portal.Publishing.Reviews.ListEmergencies;

/// <summary>Emergency publications on the person's sites, newest first: those without a second look, or all.</summary>
public sealed record ListEmergencies : IRequest<Outcome<EmergencyList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;

    /// <summary>Also those that somebody has looked at.</summary>
    public bool All { get; init; }

    /// <summary>Where the page begins.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Emergency publications.</summary>
public sealed record EmergencyList(Page<EmergencyRow> Rows);

/// <summary>An emergency publication.</summary>
public sealed record EmergencyRow(
    Guid Id,
    Guid EditionId,
    string Title,
    string SiteName,
    string ChannelName,
    string Person,
    string Unit,
    string Reason,
    DateTimeOffset At,
    SecondLookLine? Look,
    bool MayLook);

/// <summary>The second look.</summary>
public sealed record SecondLookLine(string Person, string Unit, string Opinion, DateTimeOffset At);

internal sealed class ListEmergenciesHandler(
    PublishingDbContext db, WaitingEditions editions, ISites sites, ICurrentActor current)
    : IRequestHandler<ListEmergencies, Outcome<EmergencyList>>
{
    private const int Size = 40;

    public async Task<Outcome<EmergencyList>> Handle(ListEmergencies request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor)
        {
            return Failure.NotFound;
        }

        var rows =
            from publication in db.EmergencyPublications.AsNoTracking()
            join row in editions.Within(actor, Permission.UseConsole) on publication.EditionId equals row.Edition.Id
            join look in db.SecondLooks on publication.Id equals look.EmergencyPublicationId into looks
            from look in looks.DefaultIfEmpty()
            select new { Publication = publication, Row = row, Look = look };
        if (!request.All)
        {
            rows = rows.Where(row => row.Look == null);
        }

        var cursor = Cursor.Parse(request.Cursor);
        if (cursor is { } edge)
        {
            rows = edge.Backwards
                ? rows.Where(row => row.Publication.At > edge.At
                    || (row.Publication.At == edge.At && row.Publication.Id > edge.Id))
                : rows.Where(row => row.Publication.At < edge.At
                    || (row.Publication.At == edge.At && row.Publication.Id < edge.Id));
        }

        var backwards = cursor is { Backwards: true };
        var found = await (backwards
                ? rows.OrderBy(row => row.Publication.At).ThenBy(row => row.Publication.Id)
                : rows.OrderByDescending(row => row.Publication.At).ThenByDescending(row => row.Publication.Id))
            .Select(row => new
            {
                row.Publication,
                row.Look,
                row.Row.Edition.SiteId,
                row.Row.Edition.Title,
                row.Row.Edition.Contributors,
                row.Row.Channel.Name,
                row.Row.Channel.Lineage,
            })
            .Take(Size + 1)
            .ToListAsync(cancellationToken);
        var more = found.Count > Size;
        if (more)
        {
            found.RemoveAt(Size);
        }

        if (backwards)
        {
            found.Reverse();
        }

        var items = found.ConvertAll(row => new EmergencyRow(
            row.Publication.Id, row.Publication.EditionId, row.Title, sites.ById(row.SiteId)?.Name ?? "", row.Name,
            row.Publication.PersonName, row.Publication.Unit, row.Publication.Reason, row.Publication.At,
            row.Look is null ? null : new SecondLookLine(row.Look.PersonName, row.Look.Unit, row.Look.Opinion, row.Look.At),
            row.Look is null && row.Publication.PersonId != actor.Id && !row.Contributors.Contains(actor.Id)
                && sites.ById(row.SiteId) is { } site && actor.Can(Permission.Release, site, row.Lineage)));
        return new EmergencyList(new Page<EmergencyRow>(
            items,
            (backwards || more) && items.Count > 0 ? new Cursor(items[^1].At, items[^1].Id, false).ToString() : null,
            (backwards ? more : cursor is not null) && items.Count > 0 ? new Cursor(items[0].At, items[0].Id, true).ToString() : null));
    }
}
