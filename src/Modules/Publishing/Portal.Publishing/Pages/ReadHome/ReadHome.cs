using MediatR;
using Npgsql;
using Portal.Shared.Actors;

namespace Portal.Publishing.Pages.ReadHome;

/// <summary>What is on a site's home page?</summary>
internal sealed record ReadHome(Guid SiteId) : IRequest<HomeView>, IPublicRequest;

internal sealed class ReadHomeHandler(PublishedData data) : IRequestHandler<ReadHome, HomeView>
{
    private static readonly string[] ServiceKinds = ["Overview", "Service", "Data"];
    private const int NewsRead = 24;
    private const int Titles = 5;
    private const int ServiceLines = 6;
    private const int Lines = 7;

    // The site's first channel of each kind, whatever it is called.
    private const string Channels =
        $$"""
        select distinct on (c.type) c.type, c.id, c.path, c.name
        from publishing.channels c
        where c.site_id = $1 and not c.hidden
          and (select true from publishing.listing_entries held where held.channel_id = c.id limit 1)
        order by c.type, cardinality(c.lineage), c.position, c.id
        """;

    private const string Frame = $"select nav.paths, nav.names, {PublishedData.NextChange} from {PublishedData.Navigation}";

    private const string Newest =
        $$"""
        with kinds as ({{Channels}})
        select k.type, p.document_id, p.path, p.title, n.published_at, p.summary,
          m.id, m.name, m.media_type, m.size
        from kinds k
        cross join lateral (
          select e.document_id, e.published_at from publishing.listing_entries e
          where e.channel_id = k.id and e.language = 'zh-CN'
          order by e.published_at desc, e.document_id desc limit case when k.type = 'Dynamics' then 24 else 7 end) n
        join publishing.published_pages p on p.document_id = n.document_id and p.language = 'zh-CN'
        left join publishing.media_items m on m.id = p.cover_media_id and m.site_id = p.site_id
        where k.type in ('Dynamics', 'Notices', 'Overview', 'Service', 'Data')
        order by k.type, n.published_at desc, n.document_id desc
        """;

    private const string Policies =
        $$"""
        with kinds as ({{Channels}})
        select p.document_id, p.path, p.title, p.published_at, p.fields ->> 'documentNumber', p.fields ->> 'issuedOn',
          p.fields ->> 'validity', p.fields ->> 'effectiveOn',
          (select json_agg(json_build_object('id', r.document_id, 'siteId', r.site_id, 'path', r.path, 'title', r.title,
              'type', r.type, 'form', r.fields ->> 'form', 'at', r.published_at) order by r.published_at, r.document_id)
            from publishing.published_pages r
            where r.interprets @> array[p.document_id] and r.status = 'Page' and r.language = 'zh-CN')
        from kinds k
        cross join lateral (
          select e.document_id, e.published_at from publishing.listing_entries e
          where e.channel_id = k.id and e.language = 'zh-CN'
          order by e.published_at desc, e.document_id desc limit 40) n
        join publishing.published_pages p on p.document_id = n.document_id and p.language = 'zh-CN'
        where k.type = 'Policies' and p.type = 'policy'
        order by n.published_at desc, n.document_id desc limit 10
        """;

    private const string Topics =
        """
        select t.id, t.path, t.name, t.description from publishing.channels t
        join publishing.channels above on above.id = t.parent_id and above.type = 'Topics'
        where t.site_id = $1 and not t.hidden and not above.hidden
          and (select true from publishing.listing_entries held where held.channel_id = t.id limit 1)
        order by t.position, t.id limit 8
        """;

    public Task<HomeView> Handle(ReadHome request, CancellationToken cancellationToken) =>
        data.ReadAsync(
            ReadAsync,
            cancellationToken,
            new Statement(Frame, request.SiteId),
            new Statement(Channels, request.SiteId),
            new Statement(Newest, request.SiteId),
            new Statement(Policies, request.SiteId),
            new Statement(Topics, request.SiteId));

    private static async Task<HomeView> ReadAsync(NpgsqlDataReader row, CancellationToken cancellationToken)
    {
        await row.ReadAsync(cancellationToken);
        var (navigation, next) = (row.Entries(0), row.Instant(2));

        Dictionary<string, HomeChannel> channels = [];
        await row.NextResultAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            channels[row.GetString(0)] = new(row.GetGuid(1), row.GetString(2), row.GetString(3));
        }

        var lines = channels.Keys.ToDictionary(kind => kind, _ => new List<HomeLine>());
        await row.NextResultAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            lines[row.GetString(0)].Add(new(
                row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4), row.GetString(5),
                row.IsDBNull(6) ? null : new FileView(row.GetGuid(6), row.GetString(7), row.GetString(7), row.GetString(8), row.GetInt64(9))));
        }

        List<HomePolicy> policies = [];
        await row.NextResultAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            policies.Add(new(
                row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.Text(4), row.Text(5),
                row.Text(6), row.Text(7), row.Json<List<RelatedView>>(8) ?? []));
        }

        List<HomeTopic> topics = [];
        await row.NextResultAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            topics.Add(new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3)));
        }

        return Arrange(channels, lines, policies, topics) with { Navigation = navigation, NextChange = next };
    }

    // The newest picture leads; the five titles beside it and the lines below it repeat nothing.
    private static HomeView Arrange(
        Dictionary<string, HomeChannel> channels, Dictionary<string, List<HomeLine>> lines, List<HomePolicy> policies,
        List<HomeTopic> topics)
    {
        var news = lines.GetValueOrDefault("Dynamics", []);
        var picture = news.Find(line => line.Cover is not null);
        var rest = news.Where(line => line != picture).Take(NewsRead).ToList();
        return new HomeView
        {
            Navigation = [],
            Channels = channels,
            Picture = picture,
            Headlines = [.. rest.Take(Titles)],
            News = [.. rest.Skip(Titles).Take(Lines)],
            Notices = lines.GetValueOrDefault("Notices", []),
            Policies = policies,
            Topics = topics,
            Services = [.. ServiceKinds
                .Where(kind => lines.GetValueOrDefault(kind) is { Count: > 0 })
                .Select(kind => (channels[kind], (IReadOnlyList<HomeLine>)[.. lines[kind].Take(ServiceLines)]))],
        };
    }
}
