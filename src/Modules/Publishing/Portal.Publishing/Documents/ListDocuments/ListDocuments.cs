using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Channels;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;

namespace Portal.Publishing.Documents.ListDocuments;

/// <summary>The editions of the current site that are in use, newest change first.</summary>
public sealed record ListDocuments : IRequest<Outcome<DocumentList>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;

    /// <summary>A state; null: all but history and what was thrown away.</summary>
    public EditionState? State { get; init; }

    /// <summary>A channel and what is below it.</summary>
    public Guid? ChannelId { get; init; }

    /// <summary>Key of a document type.</summary>
    public string? Type { get; init; }

    /// <summary>Only what I wrote in.</summary>
    public bool Mine { get; init; }

    /// <summary>Words in the title.</summary>
    public string Text { get; init; } = "";

    /// <summary>Where the page begins.</summary>
    public string? Cursor { get; init; }
}

/// <summary>A page of the list.</summary>
/// <param name="SiteName">The site.</param>
/// <param name="Rows">The editions.</param>
/// <param name="Channels">Channels to filter by.</param>
/// <param name="MayWrite">The reader may start documents here.</param>
public sealed record DocumentList(
    string SiteName, Page<DocumentRow> Rows, IReadOnlyList<ChannelChoice> Channels, bool MayWrite);

/// <summary>An edition in the list.</summary>
public sealed record DocumentRow(
    Guid EditionId,
    Guid DocumentId,
    int Number,
    string Language,
    EditionState State,
    string Type,
    string Title,
    string ChannelName,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? PublishAt,
    bool Takes,
    bool Mine);

/// <summary>A channel to choose.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Name">Name.</param>
/// <param name="Level">1 at the top; lists indent by it.</param>
/// <param name="Path">Path on the site.</param>
public sealed record ChannelChoice(Guid Id, string Name, int Level, string Path);

internal sealed class ListDocumentsHandler(PublishingDbContext db, ICurrentActor current, ICurrentSite currentSite)
    : IRequestHandler<ListDocuments, Outcome<DocumentList>>
{
    private const int Size = 40;

    public async Task<Outcome<DocumentList>> Handle(ListDocuments request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site || !actor.Knows(site))
        {
            return Failure.NotFound;
        }

        var channels = await db.Channels.AsNoTracking().Where(row => row.SiteId == site.Id)
            .ToListAsync(cancellationToken);
        var seen = channels.Where(row => actor.Can(Permission.UseConsole, site, row.Lineage)).ToList();
        var wanted = request.ChannelId is { } id ? seen.Where(row => row.Lineage.Contains(id)).ToList() : seen;
        var rows = Filter(request, site.Id, actor.Id);
        if (wanted.Count < channels.Count)
        {
            var ids = wanted.ConvertAll(row => row.Id);
            rows = rows.Where(row => ids.Contains(row.Edition.ChannelId));
        }

        var page = await ReadAsync(rows, actor.Id, Cursor.Parse(request.Cursor), cancellationToken);
        return new DocumentList(
            site.Name,
            page,
            [.. seen.InTreeOrder().Select(row => new ChannelChoice(row.Id, row.Name, row.Level, row.Path))],
            channels.Any(row => row.ClosedAt is null && actor.Can(Permission.WriteDocuments, site, row.Lineage)));
    }

    private IQueryable<Joined> Filter(ListDocuments request, Guid siteId, Guid actorId)
    {
        var rows =
            from edition in db.Editions.AsNoTracking()
            join document in db.Documents on edition.DocumentId equals document.Id
            where edition.SiteId == siteId
            select new Joined { Edition = edition, Type = document.Type };
        rows = request.State is { } state
            ? rows.Where(row => row.Edition.State == state)
            : rows.Where(row => row.Edition.State != EditionState.Superseded && row.Edition.State != EditionState.Discarded);
        if (!string.IsNullOrEmpty(request.Type))
        {
            rows = rows.Where(row => row.Type == request.Type);
        }

        if (request.Mine)
        {
            rows = rows.Where(row => row.Edition.Contributors.Contains(actorId));
        }

        if (FormRules.Clean(request.Text) is { Length: > 0 } text)
        {
            rows = rows.Where(row => EF.Functions.ILike(row.Edition.Title, "%" + FormRules.Like(text) + "%", "\\"));
        }

        return rows;
    }

    private async Task<Page<DocumentRow>> ReadAsync(
        IQueryable<Joined> rows, Guid actorId, Cursor? cursor, CancellationToken cancellationToken)
    {
        if (cursor is { } edge)
        {
            rows = edge.Backwards
                ? rows.Where(row => row.Edition.UpdatedAt > edge.At
                    || (row.Edition.UpdatedAt == edge.At && row.Edition.Id > edge.Id))
                : rows.Where(row => row.Edition.UpdatedAt < edge.At
                    || (row.Edition.UpdatedAt == edge.At && row.Edition.Id < edge.Id));
        }

        var backwards = cursor is { Backwards: true };
        var ordered = backwards
            ? rows.OrderBy(row => row.Edition.UpdatedAt).ThenBy(row => row.Edition.Id)
            : rows.OrderByDescending(row => row.Edition.UpdatedAt).ThenByDescending(row => row.Edition.Id);
        var items = await (
            from row in ordered
            join channel in db.Channels on row.Edition.ChannelId equals channel.Id
            select new DocumentRow(
                row.Edition.Id, row.Edition.DocumentId, row.Edition.Number, row.Edition.Language, row.Edition.State,
                row.Type, row.Edition.Title, channel.Name, row.Edition.UpdatedAt, row.Edition.PublishAt,
                row.Edition.Unpublishing != null, row.Edition.Contributors.Contains(actorId)))
            .Take(Size + 1)
            .ToListAsync(cancellationToken);
        var more = items.Count > Size;
        if (more)
        {
            items.RemoveAt(Size);
        }

        if (backwards)
        {
            items.Reverse();
        }

        var older = (backwards || more) && items.Count > 0
            ? new Cursor(items[^1].UpdatedAt, items[^1].EditionId, false).ToString() : null;
        var newer = (backwards ? more : cursor is not null) && items.Count > 0
            ? new Cursor(items[0].UpdatedAt, items[0].EditionId, true).ToString() : null;
        return new Page<DocumentRow>(items, older, newer);
    }

    private sealed class Joined
    {
        public required Edition Edition { get; init; }

        public required string Type { get; init; }
    }
}
