using MediatR;
using Portal.Publishing.Pages;
using Portal.Shared.Actors;

namespace Portal.Publishing.Sitemaps.ReadSitemap;

/// <summary>One part of a site's sitemap: addresses with the time of their last change. Null: no such part.</summary>
internal sealed record ReadSitemap(Guid SiteId, int Part) : IRequest<IReadOnlyList<SitemapEntry>?>, IPublicRequest;

/// <summary>The parts of a site's sitemap, with the time of the last change in each.</summary>
internal sealed record ListSitemaps(Guid SiteId) : IRequest<IReadOnlyList<DateTimeOffset?>>, IPublicRequest;

internal sealed record SitemapEntry(string Path, DateTimeOffset? ChangedAt);

/// <summary>
/// Part 0 holds the home page and the channels; the others hold the pages in the order of their last change, oldest
/// first, so that a full part changes only where one of its own pages did.
/// </summary>
internal sealed class ReadSitemapHandler(PublishedData data)
    : IRequestHandler<ReadSitemap, IReadOnlyList<SitemapEntry>?>, IRequestHandler<ListSitemaps, IReadOnlyList<DateTimeOffset?>>
{
    public const int PartSize = 10_000;

    private const string Channels =
        """
        select c.path, (select max(p.updated_at) from publishing.published_pages p where p.channel_id = c.id and p.status = 'Page'
            and p.site_id = $1)
        from publishing.channels c
        where c.site_id = $1 and not c.hidden and (select true from publishing.listing_entries held where held.channel_id = c.id limit 1)
        order by c.path
        """;

    // Every ten-thousandth row by index order is a boundary; a part is the keyset range between two of them.
    private const string Boundaries =
        """
        select n, updated_at, document_id from (
          select row_number() over (order by p.updated_at, p.document_id) as n, p.updated_at, p.document_id
          from publishing.published_pages p where p.site_id = $1 and p.status in ('Page', 'Withdrawn')) numbered
        where n % 10000 = 0 order by n
        """;

    private const string Last =
        """
        select max(p.updated_at), count(*)::int from publishing.published_pages p
        where p.site_id = $1 and p.status in ('Page', 'Withdrawn')
        """;

    private const string Range =
        """
        select p.path, p.updated_at from publishing.published_pages p
        where p.site_id = $1 and p.status in ('Page', 'Withdrawn')
          and (p.updated_at, p.document_id) > ($2, $3)
        order by p.updated_at, p.document_id limit 10000
        """;

    public async Task<IReadOnlyList<SitemapEntry>?> Handle(ReadSitemap request, CancellationToken cancellationToken)
    {
        if (request.Part == 0)
        {
            return [new("", null), .. await EntriesAsync(new(Channels, request.SiteId), cancellationToken)];
        }

        var (boundaries, _, count) = await PartsAsync(request.SiteId, cancellationToken);
        if ((request.Part - 1) * (long)PartSize >= count)
        {
            return null;
        }

        var (at, id) = request.Part == 1 ? (DateTimeOffset.UnixEpoch, Guid.Empty) : boundaries[request.Part - 2];
        return await EntriesAsync(new(Range, request.SiteId, at, id), cancellationToken);
    }

    public async Task<IReadOnlyList<DateTimeOffset?>> Handle(ListSitemaps request, CancellationToken cancellationToken)
    {
        var (boundaries, last, count) = await PartsAsync(request.SiteId, cancellationToken);
        List<DateTimeOffset?> parts = [null, .. boundaries.Select(boundary => (DateTimeOffset?)boundary.At)];
        if (count % PartSize != 0)
        {
            parts.Add(last);
        }

        return parts;
    }

    private Task<IReadOnlyList<SitemapEntry>> EntriesAsync(Statement statement, CancellationToken cancellationToken) =>
        data.ReadAsync<IReadOnlyList<SitemapEntry>>(
            async (row, token) =>
            {
                List<SitemapEntry> entries = [];
                while (await row.ReadAsync(token))
                {
                    entries.Add(new(row.GetString(0), row.Instant(1)));
                }

                return entries;
            },
            cancellationToken,
            statement);

    private Task<(List<(DateTimeOffset At, Guid Id)> Boundaries, DateTimeOffset? Last, int Count)> PartsAsync(
        Guid siteId, CancellationToken cancellationToken) =>
        data.ReadAsync(
            async (row, token) =>
            {
                List<(DateTimeOffset, Guid)> boundaries = [];
                while (await row.ReadAsync(token))
                {
                    boundaries.Add((row.GetFieldValue<DateTimeOffset>(1), row.GetGuid(2)));
                }

                await row.NextResultAsync(token);
                await row.ReadAsync(token);
                return (boundaries, row.Instant(0), row.GetInt32(1));
            },
            cancellationToken,
            new Statement(Boundaries, siteId),
            new Statement(Last, siteId));
}
