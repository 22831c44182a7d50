using MediatR;
using Portal.Publishing.Pages;
using Portal.Shared.Actors;

namespace Portal.Publishing.Media.ReadMedia;

/// <summary>The file behind a public address; null when no live page of the site refers to it, as for an unknown one.</summary>
internal sealed record ReadMedia(Guid SiteId, Guid MediaId) : IRequest<PublicFile?>, IPublicRequest;

internal sealed record PublicFile(string BlobHash, string Name, string MediaType, IReadOnlyList<Guid> Documents);

internal sealed class ReadMediaHandler(PublishedData data) : IRequestHandler<ReadMedia, PublicFile?>
{
    private const string Sql =
        """
        select m.blob_hash, m.name, m.media_type, array_agg(u.document_id)
        from publishing.media_items m
        join publishing.published_media u on u.media_id = m.id and u.site_id = m.site_id
        where m.id = $2 and m.site_id = $1
        group by m.id
        """;

    public Task<PublicFile?> Handle(ReadMedia request, CancellationToken cancellationToken) =>
        data.ReadAsync(
            async (row, token) => await row.ReadAsync(token)
                ? new PublicFile(row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<Guid[]>(3))
                : null,
            cancellationToken,
            new Statement(Sql, request.SiteId, request.MediaId));
}
