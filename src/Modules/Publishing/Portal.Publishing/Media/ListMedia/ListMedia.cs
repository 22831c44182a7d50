using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Paging;
using Portal.Shared.Sites;

namespace Portal.Publishing.Media.ListMedia;

/// <summary>The media library of the current site, newest first, with where each file is in use.</summary>
public sealed record ListMedia : IRequest<Outcome<MediaLibrary>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;

    /// <summary><c>image</c>, <c>document</c>, <c>video</c>; empty: all.</summary>
    public string Family { get; init; } = "";

    /// <summary>Words in the name.</summary>
    public string Text { get; init; } = "";

    /// <summary>Where the page begins.</summary>
    public string? Cursor { get; init; }
}

/// <summary>A page of the library.</summary>
/// <param name="SiteName">The site.</param>
/// <param name="Files">The files.</param>
/// <param name="MayUpload">The reader may add files.</param>
public sealed record MediaLibrary(string SiteName, Page<MediaRow> Files, bool MayUpload);

/// <summary>A file of the library.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Name">Name.</param>
/// <param name="MediaType">Type, decided by content.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Width">Pixels, of a picture.</param>
/// <param name="Height">Pixels, of a picture.</param>
/// <param name="UploadedAt">When.</param>
/// <param name="Pages">Public pages that show it: while there is one, anybody can fetch it.</param>
/// <param name="Editions">Editions being written or reviewed that hold it.</param>
public sealed record MediaRow(
    Guid Id, string Name, string MediaType, long Size, int? Width, int? Height, DateTimeOffset UploadedAt, int Pages,
    int Editions)
{
    /// <summary>A picture.</summary>
    public bool IsImage => MediaType.StartsWith("image/", StringComparison.Ordinal);
}

internal sealed class ListMediaHandler(PublishingDbContext db, ICurrentActor current, ICurrentSite currentSite)
    : IRequestHandler<ListMedia, Outcome<MediaLibrary>>
{
    private const int Size = 30;

    public async Task<Outcome<MediaLibrary>> Handle(ListMedia request, CancellationToken cancellationToken)
    {
        if (current.Actor is not { } actor || currentSite.Site is not { } site || !actor.Knows(site))
        {
            return Failure.NotFound;
        }

        var rows = db.Media.AsNoTracking().Where(item => item.SiteId == site.Id);
        rows = request.Family switch
        {
            "image" => rows.Where(item => item.MediaType.StartsWith("image/")),
            "video" => rows.Where(item => item.MediaType.StartsWith("video/")),
            "document" => rows.Where(item => !item.MediaType.StartsWith("image/") && !item.MediaType.StartsWith("video/")),
            _ => rows,
        };
        if (FormRules.Clean(request.Text) is { Length: > 0 } text)
        {
            rows = rows.Where(item => EF.Functions.ILike(item.Name, "%" + FormRules.Like(text) + "%", "\\"));
        }

        var cursor = Cursor.Parse(request.Cursor);
        if (cursor is { } edge)
        {
            rows = edge.Backwards
                ? rows.Where(item => item.UploadedAt > edge.At || (item.UploadedAt == edge.At && item.Id > edge.Id))
                : rows.Where(item => item.UploadedAt < edge.At || (item.UploadedAt == edge.At && item.Id < edge.Id));
        }

        var backwards = cursor is { Backwards: true };
        var items = await (backwards
                ? rows.OrderBy(item => item.UploadedAt).ThenBy(item => item.Id)
                : rows.OrderByDescending(item => item.UploadedAt).ThenByDescending(item => item.Id))
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

        var (pages, editions) = await UsesAsync(site.Id, items.ConvertAll(item => item.Id), cancellationToken);
        var older = (backwards || more) && items.Count > 0
            ? new Cursor(items[^1].UploadedAt, items[^1].Id, false).ToString() : null;
        var newer = (backwards ? more : cursor is not null) && items.Count > 0
            ? new Cursor(items[0].UploadedAt, items[0].Id, true).ToString() : null;
        return new MediaLibrary(
            site.Name,
            new Page<MediaRow>(
                items.ConvertAll(item => new MediaRow(
                    item.Id, item.Name, item.MediaType, item.Size, item.Width, item.Height, item.UploadedAt,
                    pages.GetValueOrDefault(item.Id), editions.GetValueOrDefault(item.Id))),
                older,
                newer),
            actor.SitesWith(Permission.WriteDocuments, [site]).Count > 0);
    }

    private async Task<(Dictionary<Guid, int> Pages, Dictionary<Guid, int> Editions)> UsesAsync(
        Guid siteId, List<Guid> ids, CancellationToken cancellationToken)
    {
        var pages = await db.PublishedMedia.Where(use => ids.Contains(use.MediaId))
            .GroupBy(use => use.MediaId)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(use => use.Key, use => use.Count, cancellationToken);
        Guid[] wanted = [.. ids];
        var working = await db.Database.SqlQuery<MediaUse>(
            $"""
            select media.id as "Id", count(*)::int as "Count"
            from unnest({wanted}) as media(id)
            join publishing.editions edition on edition.site_id = {siteId}
              and edition.state not in ('Live', 'Superseded', 'TakenDown', 'Discarded')
              and (edition.cover_media_id = media.id
                or position(media.id::text in edition.body) > 0
                or position(media.id::text in edition.attachments::text) > 0)
            group by media.id
            """)
            .ToDictionaryAsync(use => use.Id, use => use.Count, cancellationToken);
        return (pages, working);
    }
}

internal sealed record MediaUse(Guid Id, int Count);
