using MediatR;
using Portal.Shared.Actors;

namespace Portal.Publishing.Pages.ReadSiteMap;

/// <summary>The channels of a site that hold something, in tree order, for people (W-09 站点地图).</summary>
internal sealed record ReadSiteMap(Guid SiteId) : IRequest<IReadOnlyList<BranchEntry>>, IPublicRequest;

internal sealed class ReadSiteMapHandler(PublishedData data) : IRequestHandler<ReadSiteMap, IReadOnlyList<BranchEntry>>
{
    private const string Tree =
        """
        with recursive tree as (
          select c.id, c.path, c.name, 1 as level,
            array[lpad(c.position::text, 6, '0') || c.id::text] as place from publishing.channels c
          where c.site_id = $1 and c.parent_id is null and not c.hidden
            and (select true from publishing.listing_entries held where held.channel_id = c.id limit 1)
          union all
          select c.id, c.path, c.name, tree.level + 1, tree.place || (lpad(c.position::text, 6, '0') || c.id::text)
          from publishing.channels c join tree on c.parent_id = tree.id
          where c.site_id = $1 and not c.hidden
            and (select true from publishing.listing_entries held where held.channel_id = c.id limit 1))
        select id, path, name, level from tree order by place
        """;

    public Task<IReadOnlyList<BranchEntry>> Handle(ReadSiteMap request, CancellationToken cancellationToken) =>
        data.ReadAsync<IReadOnlyList<BranchEntry>>(
            async (row, token) =>
            {
                List<BranchEntry> channels = [];
                while (await row.ReadAsync(token))
                {
                    channels.Add(new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt32(3)));
                }

                return channels;
            },
            cancellationToken,
            new Statement(Tree, request.SiteId));
}
