using Npgsql;
using Portal.Publishing.Documents;
using Portal.Shared.Ui;

namespace Portal.Publishing.Pages;

/// <summary>Reads a document's page by its path: one statement, one row; the subqueries that do not apply never run.</summary>
internal static class DocumentRow
{
    // Any reader of this row knows the site by $1 and the path by $2.
    public const string Sql =
        $$"""
        select p.document_id, p.edition_id, e.number, p.language, p.path, p.type, p.status, p.reason,
          p.redirect_to, p.title, p.summary, p.html, p.fields, p.source, p.author, p.keywords, p.published_at, p.updated_at,
          case when e.import_batch_id is not null then 2
            when exists (select from publishing.emergency_publications m where m.edition_id = e.id) then 1 else 0 end,
          array(select l.path from publishing.channels l where l.id = any(c.lineage) order by cardinality(l.lineage)),
          array(select l.name from publishing.channels l where l.id = any(c.lineage) order by cardinality(l.lineage)),
          c.id, c.description, c.keywords, c.type,
          nav.paths, nav.names,
          {{PublishedData.NextChange}},
          case when p.attachments <> '[]'::jsonb then
            (select json_agg(json_build_object('id', m.id, 'name', coalesce(nullif(f.file ->> 'name', ''), m.name),
                'fileName', m.name, 'mediaType', m.media_type, 'size', m.size) order by f.place)
              from jsonb_array_elements(p.attachments) with ordinality f (file, place)
              join publishing.media_items m on m.id = (f.file ->> 'mediaId')::uuid and m.site_id = p.site_id) end,
          case when p.cover_media_id is not null then
            (select json_build_object('id', m.id, 'name', m.name, 'fileName', m.name, 'mediaType', m.media_type, 'size', m.size)
              from publishing.media_items m where m.id = p.cover_media_id and m.site_id = p.site_id) end,
          case when p.type in ('policy', 'notice') or cardinality(p.interprets) > 0 then
            (select json_agg(json_build_object('id', r.document_id, 'siteId', r.site_id, 'path', r.path, 'title', r.title,
                'type', r.type, 'form', r.fields ->> 'form', 'at', r.published_at) order by r.published_at, r.document_id)
              from publishing.published_pages r
              where r.status = 'Page' and r.language = p.language
                and (r.interprets @> array[p.document_id] or r.document_id = any(p.interprets))) end,
          case when p.type <> 'policy' then
            (select json_agg(json_build_object('id', r.document_id, 'siteId', r.site_id, 'path', r.path, 'title', r.title,
                'type', r.type, 'at', n.published_at) order by n.published_at desc, n.document_id desc)
              from (select * from publishing.listing_entries n where n.channel_id = p.channel_id and n.language = p.language
                order by n.published_at desc, n.document_id desc limit 7) n
              join publishing.published_pages r on r.document_id = n.document_id and r.language = n.language
              where r.document_id <> p.document_id) end,
          (select json_agg(json_build_object('language', o.language, 'path', o.path) order by o.language)
            from publishing.published_pages o
            where o.document_id = p.document_id and o.status = 'Page' having count(*) > 1),
          (select l.at from publishing.emergency_publications m
            join publishing.second_looks l on l.emergency_publication_id = m.id where m.edition_id = e.id)
        from publishing.published_pages p
        join publishing.channels c on c.id = p.channel_id
        join publishing.editions e on e.id = p.edition_id
        cross join {{PublishedData.Navigation}}
        where p.site_id = $1 and p.path = $2
        """;

    // The number is the key of the exact search, kept with part 0 of each document.
    public const string ByNumber =
        """
        select r.document_id, r.site_id, r.path, r.title, r.type, r.published_at
        from publishing.search_entries s
        join publishing.published_pages r on r.document_id = s.document_id and r.language = s.language
        where s.document_number = $1 and r.status = 'Page'
        order by r.published_at desc limit 1
        """;

    public static DocumentView Read(NpgsqlDataReader row) => new()
    {
        DocumentId = row.GetGuid(0),
        EditionId = row.GetGuid(1),
        EditionNumber = row.GetInt32(2),
        Language = row.GetString(3),
        Path = row.GetString(4),
        Type = row.GetString(5),
        Status = Enum.Parse<PageStatus>(row.GetString(6)),
        Reason = row.Text(7),
        RedirectTo = row.Text(8),
        Title = row.GetString(9),
        Summary = row.GetString(10),
        Html = row.GetString(11),
        Fields = row.Json<Dictionary<string, string>>(12)!,
        Source = row.GetString(13),
        Author = row.GetString(14),
        Keywords = row.GetFieldValue<string[]>(15),
        PublishedAt = row.GetFieldValue<DateTimeOffset>(16),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(17),
        Release = (Release)row.GetInt32(18),
        Channels = row.Entries(19),
        ChannelId = row.GetGuid(21),
        ChannelDescription = row.GetString(22),
        ChannelKeywords = row.GetFieldValue<string[]>(23),
        ChannelType = row.GetString(24),
        Navigation = row.Entries(25),
        NextChange = row.Instant(27),
        Files = row.Json<List<FileView>>(28) ?? [],
        Cover = row.Json<FileView>(29),
        Related = row.Json<List<RelatedView>>(30) ?? [],
        Newest = row.Json<List<RelatedView>>(31) ?? [],
        Languages = row.Json<List<LanguageVersion>>(32) ?? [],
        LookedAt = row.Instant(33),
    };

    public static RelatedView ReadNumbered(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetString(4), null,
        row.GetFieldValue<DateTimeOffset>(5));
}
