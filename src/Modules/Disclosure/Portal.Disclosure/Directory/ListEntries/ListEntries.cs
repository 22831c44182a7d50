using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Directory.ListEntries;

/// <summary>The entries of the site that a person works on, and what they lack.</summary>
public sealed record ListEntries : IRequest<Outcome<EntryList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageDisclosure;

    /// <summary>Only entries that lack this element; <c>any</c>: those that lack one.</summary>
    public string Missing { get; init; } = "";

    /// <summary>Only this state.</summary>
    public EntryState? State { get; init; }

    /// <summary>Words of the title, 文号 or index number.</summary>
    public string Text { get; init; } = "";

    /// <summary>Place in the list.</summary>
    public Cursor? Cursor { get; init; }
}

/// <summary>A page of entries for staff.</summary>
/// <param name="SiteName">The site.</param>
/// <param name="Rows">Newest first.</param>
/// <param name="Missing">How many entries lack each element.</param>
public sealed record EntryList(string SiteName, Page<EntryLine> Rows, IReadOnlyList<(string Element, int Count)> Missing);

/// <summary>An entry as a line.</summary>
public sealed record EntryLine(
    Guid Id, Guid? DocumentId, string IndexNumber, string Title, EntryOrigin Origin, EntryState State,
    IReadOnlyList<string> Missing, DateTimeOffset PublishedAt);

internal sealed class ListEntriesHandler(DisclosureDbContext db, ICurrentActor current, ICurrentSite currentSite)
    : IRequestHandler<ListEntries, Outcome<EntryList>>
{
    public const int PageSize = 50;
    public const string Any = "any";

    public async Task<Outcome<EntryList>> Handle(ListEntries request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site)
        {
            return Failure.NotFound;
        }

        if (!actor.Can(Permission.ManageDisclosure, site))
        {
            return Failure.Forbidden;
        }

        var rows = await Filtered(request, site.Id).Take(PageSize + 1)
            .Select(entry => new EntryLine(
                entry.Id, entry.DocumentId, entry.IndexNumber, entry.Title, entry.Origin, entry.State, entry.Missing,
                entry.PublishedAt))
            .ToListAsync(cancellationToken);
        var siteId = site.Id;
        var counts = await db.Database
            .SqlQuery<MissingCount>(
                $"""
                select element, count(*)::int as count
                from (select missing from disclosure.directory_entries
                  where site_id = {siteId} and missing <> array[]::text[] and state = 'Listed' limit 10000) lacking,
                  unnest(lacking.missing) element
                group by element order by count desc, element
                """)
            .ToListAsync(cancellationToken);
        return new EntryList(site.Name, PageOf(rows, request.Cursor), [.. counts.Select(row => (row.Element, row.Count))]);
    }

    private IQueryable<DirectoryEntry> Filtered(ListEntries request, Guid siteId)
    {
        var entries = db.Entries.AsNoTracking().Where(entry => entry.SiteId == siteId);
        if (request.Missing.Length > 0)
        {
            var element = request.Missing;
            entries = element == Any
                ? entries.Where(entry => entry.Missing.Length > 0 && entry.State == EntryState.Listed)
                : entries.Where(entry => entry.Missing.Contains(element) && entry.State == EntryState.Listed);
        }

        if (request.State is { } state)
        {
            entries = entries.Where(entry => entry.State == state);
        }

        if (request.Text.Length > 0)
        {
            var pattern = "%" + request.Text.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
            var key = Portal.Shared.Text.DocumentNumbers.Key(request.Text);
            var number = IndexScheme.Normalise(request.Text);
            entries = entries.Where(entry =>
                EF.Functions.ILike(entry.Title, pattern) || entry.NumberKey == key || entry.IndexNumber == number);
        }

        if (request.Cursor is not { } cursor)
        {
            return entries.OrderByDescending(entry => entry.PublishedAt).ThenByDescending(entry => entry.Id);
        }

        var (at, id) = (cursor.At, cursor.Id);
        return cursor.Backwards
            ? entries.Where(entry => EF.Functions.GreaterThan(ValueTuple.Create(entry.PublishedAt, entry.Id), ValueTuple.Create(at, id)))
                .OrderBy(entry => entry.PublishedAt).ThenBy(entry => entry.Id)
            : entries.Where(entry => EF.Functions.LessThan(ValueTuple.Create(entry.PublishedAt, entry.Id), ValueTuple.Create(at, id)))
                .OrderByDescending(entry => entry.PublishedAt).ThenByDescending(entry => entry.Id);
    }

    private static Page<EntryLine> PageOf(List<EntryLine> rows, Cursor? cursor)
    {
        var more = rows.Count > PageSize;
        var shown = rows.Take(PageSize).ToList();
        var backwards = cursor is { Backwards: true };
        if (backwards)
        {
            shown.Reverse();
        }

        return new Page<EntryLine>(
            shown,
            shown.Count > 0 && (backwards || more) ? new Cursor(shown[^1].PublishedAt, shown[^1].Id, false).ToString() : null,
            shown.Count > 0 && (backwards ? more : cursor is not null) ? new Cursor(shown[0].PublishedAt, shown[0].Id, true).ToString() : null);
    }

    private sealed record MissingCount(string Element, int Count);
}
