using MediatR;

namespace Portal.Publishing.Pages.ListPublishedDocuments;

internal sealed class ListPublishedDocumentsHandler(PublishedData data)
    : IRequestHandler<Contracts.ListPublishedDocuments, IReadOnlyList<Guid>>
{
    private const int LargestPage = 1_000;

    private const string Sql =
        """
        select document_id from publishing.published_pages
        where document_id > $1 and language = 'zh-CN' and type = any($2) order by document_id limit $3
        """;

    public Task<IReadOnlyList<Guid>> Handle(
        Contracts.ListPublishedDocuments request, CancellationToken cancellationToken) =>
        data.ReadAsync<IReadOnlyList<Guid>>(
            async (row, token) =>
            {
                List<Guid> ids = [];
                while (await row.ReadAsync(token))
                {
                    ids.Add(row.GetGuid(0));
                }

                return ids;
            },
            cancellationToken,
            new Statement(Sql, request.After, request.Types.ToArray(), Math.Clamp(request.Limit, 1, LargestPage)));
}
