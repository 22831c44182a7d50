using MediatR;
using Npgsql;
using Portal.Publishing.Contracts;
using Portal.Publishing.Media;

namespace Portal.Publishing.Pages.GetPublishedDocuments;

internal sealed class GetPublishedDocumentsHandler(PublishedData data)
    : IRequestHandler<Contracts.GetPublishedDocuments, IReadOnlyList<PublishedDocument>>
{
    // A file or a body of what is gone is nobody's to read; the projection holds none, the statement asks for none.
    private const string Columns =
        """
        select p.document_id, p.site_id, p.language, p.type, p.title, p.summary, p.path, p.status, p.reason, p.fields,
          p.keywords, p.source, p.published_at, p.updated_at, p.sequence, p.edition_id, p.content_hash, p.interprets,
          case when p.attachments <> '[]'::jsonb and p.status in ('Page', 'Withdrawn') then
            (select json_agg(json_build_object('id', m.id, 'name', coalesce(nullif(f.file ->> 'name', ''), m.name),
                'fileName', m.name, 'mediaType', m.media_type, 'size', m.size) order by f.place)
              from jsonb_array_elements(p.attachments) with ordinality f (file, place)
              join publishing.media_items m on m.id = (f.file ->> 'mediaId')::uuid and m.site_id = p.site_id) end,
          (select json_agg(json_build_object('id', r.document_id, 'siteId', r.site_id, 'path', r.path, 'title', r.title,
              'form', r.fields ->> 'form', 'publishedAt', r.published_at) order by r.published_at, r.document_id)
            from publishing.published_pages r
            where r.status = 'Page' and r.language = p.language and r.interprets @> array[p.document_id]),
          exists (select from publishing.editions e where e.document_id = p.document_id and e.import_batch_id is not null)
        """;

    private const string Body =
        """
        , p.html,
          (select string_agg(s.text, '' order by s.part) from publishing.search_entries s
            where s.document_id = p.document_id and s.language = p.language)
        """;

    private const string Rows = " from publishing.published_pages p where p.document_id = any($1) and p.language = $2";

    public Task<IReadOnlyList<PublishedDocument>> Handle(
        Contracts.GetPublishedDocuments request, CancellationToken cancellationToken) =>
        request.Ids.Count == 0
            ? Task.FromResult<IReadOnlyList<PublishedDocument>>([])
            : data.ReadAsync<IReadOnlyList<PublishedDocument>>(
                async (row, token) =>
                {
                    List<PublishedDocument> documents = [];
                    while (await row.ReadAsync(token))
                    {
                        documents.Add(Read(row, request.WithBody));
                    }

                    return documents;
                },
                cancellationToken,
                new Statement(
                    request.WithBody ? Columns + Body + Rows : Columns + Rows,
                    request.Ids.Distinct().ToArray(), request.Language));

    private static PublishedDocument Read(NpgsqlDataReader row, bool withBody) => new()
    {
        Id = row.GetGuid(0),
        SiteId = row.GetGuid(1),
        Language = row.GetString(2),
        Type = row.GetString(3),
        Title = row.GetString(4),
        Summary = row.GetString(5),
        Path = row.GetString(6),
        Status = row.GetString(7),
        Reason = row.Text(8),
        Fields = row.Json<Dictionary<string, string>>(9)!,
        Keywords = row.GetFieldValue<string[]>(10),
        Source = row.GetString(11),
        PublishedAt = row.GetFieldValue<DateTimeOffset>(12),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(13),
        Sequence = row.GetInt32(14),
        EditionId = row.GetGuid(15),
        ContentHash = row.GetString(16),
        Interprets = row.GetFieldValue<Guid[]>(17),
        Attachments =
        [
            .. (row.Json<List<FileView>>(18) ?? []).Select(file => new PublishedFile(
                file.Name, MediaAddress.Of(file.Id, file.FileName).TrimStart('/'), file.MediaType, file.Size)),
        ],
        Interpretations = row.Json<List<PublishedInterpretation>>(19) ?? [],
        IsImported = row.GetBoolean(20),
        Html = withBody ? row.GetString(21) : null,
        Text = withBody ? row.Text(22) ?? "" : null,
    };
}
