using MediatR;
using Portal.Publishing.Pages;
using Portal.Shared.Actors;
using Portal.Shared.Feeds;

namespace Portal.Publishing.Feeds.ReadFeed;

/// <summary>What is new in a channel, for feed readers? Null: no such channel, or nothing in it.</summary>
internal sealed record ReadFeed(Guid SiteId, string Channel) : IRequest<ChannelFeed?>, IPublicRequest;

internal sealed record ChannelFeed(Guid ChannelId, Feed Feed);

internal sealed class ReadFeedHandler(PublishedData data) : IRequestHandler<ReadFeed, ChannelFeed?>
{
    private const string Sql =
        """
        select c.id, c.path, c.name, c.description,
          p.document_id, p.path, p.title, p.summary, coalesce(nullif(p.source, ''), p.author), p.published_at, p.updated_at
        from publishing.channels c
        cross join lateral (
          select e.document_id, e.published_at from publishing.listing_entries e
          where e.channel_id = c.id and e.language = 'zh-CN'
          order by e.published_at desc, e.document_id desc limit 30) n
        join publishing.published_pages p on p.document_id = n.document_id and p.language = 'zh-CN'
        where c.site_id = $1 and c.path = $2
        order by n.published_at desc, n.document_id desc
        """;

    public Task<ChannelFeed?> Handle(ReadFeed request, CancellationToken cancellationToken) =>
        data.ReadAsync(
            async (row, token) =>
            {
                ChannelFeed? feed = null;
                List<FeedEntry> entries = [];
                while (await row.ReadAsync(token))
                {
                    feed ??= new(row.GetGuid(0), new(row.GetString(1), row.GetString(2), entries) { Description = row.GetString(3) });
                    entries.Add(new(row.GetGuid(4), row.GetString(5), row.GetString(6), row.GetFieldValue<DateTimeOffset>(10))
                    {
                        Summary = row.GetString(7),
                        Author = row.GetString(8),
                        PublishedAt = row.GetFieldValue<DateTimeOffset>(9),
                    });
                }

                return feed;
            },
            cancellationToken,
            new Statement(Sql, request.SiteId, request.Channel));
}
