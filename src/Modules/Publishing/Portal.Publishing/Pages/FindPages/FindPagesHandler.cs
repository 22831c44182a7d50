using MediatR;
using Portal.Publishing.Contracts;

namespace Portal.Publishing.Pages.FindPages;

internal sealed class FindPagesHandler(PublishedData data) : IRequestHandler<Contracts.FindPages, IReadOnlyList<FoundPage>>
{
    private const string Rows =
        """
        select asked.site_id, asked.path, coalesce(p.title, c.name), p.document_id, p.edition_id, coalesce(p.site_id, c.site_id)
        from unnest($1, $2) as asked (site_id, path)
        left join publishing.path_owners o on o.site_id = asked.site_id and o.path = asked.path
        left join lateral (
          select d.title, d.document_id, d.edition_id, d.site_id from publishing.published_pages d
          where (d.site_id = asked.site_id and d.path = asked.path) or (o.kind = 'Moved' and d.document_id = o.target_id)
          order by (d.path = asked.path) desc, d.language desc limit 1) p on true
        left join publishing.channels c on p.document_id is null and c.site_id = asked.site_id
          and (c.path = asked.path or (o.kind = 'Moved' and c.id = o.target_id))
        where coalesce(p.document_id, c.id) is not null
        """;

    public Task<IReadOnlyList<FoundPage>> Handle(Contracts.FindPages request, CancellationToken cancellationToken)
    {
        // What cannot be a path is asked of no database.
        var asked = request.Addresses.Distinct().Where(address => PagePath.IsOne(address.Path)).ToList();
        return asked.Count == 0
            ? Task.FromResult<IReadOnlyList<FoundPage>>([])
            : data.ReadAsync<IReadOnlyList<FoundPage>>(
                async (row, token) =>
                {
                    List<FoundPage> found = [];
                    while (await row.ReadAsync(token))
                    {
                        found.Add(new FoundPage
                        {
                            Address = new PageAddress(row.GetGuid(0), row.GetString(1)),
                            Title = row.GetString(2),
                            DocumentId = row.IsDBNull(3) ? null : row.GetGuid(3),
                            EditionId = row.IsDBNull(4) ? null : row.GetGuid(4),
                            OwnerSiteId = row.GetGuid(5),
                        });
                    }

                    return found;
                },
                cancellationToken,
                new Statement(Rows, asked.Select(address => address.SiteId).ToArray(), asked.Select(address => address.Path).ToArray()));
    }
}
