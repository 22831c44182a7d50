using MediatR;
using Microsoft.Extensions.Localization;
using Npgsql;
using Portal.Disclosure.Openness;
using Portal.Publishing.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Text;

namespace Portal.Disclosure.Directory.ReadRecord;

/// <summary>A record of the directory, as a site that has it in its lists shows it.</summary>
internal sealed record ReadRecord(Guid EntryId, Guid ScopeId) : IRequest<RecordView?>, IPublicRequest;

/// <summary>A record with all that stands on its page.</summary>
public sealed record RecordView
{
    public required Guid Id { get; init; }
    public required Guid SiteId { get; init; }
    public required string OrganisationName { get; init; }
    public required string IndexNumber { get; init; }
    public required string Title { get; init; }
    public required EntryMetadata Metadata { get; init; }
    public required IReadOnlyDictionary<string, string> CodeVersions { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required EntryState State { get; init; }
    public string? Reason { get; init; }
    public Guid? DocumentId { get; init; }

    /// <summary>The text of an entry that is no document of the platform.</summary>
    public string? Body { get; init; }

    /// <summary>What the province has added to a docked record.</summary>
    public EntryOverlay? Overlay { get; init; }

    /// <summary>What it does to others, and what others do to it.</summary>
    public required IReadOnlyList<RelatedEntry> Related { get; init; }

    /// <summary>依申请公开: its text is had by a request alone.</summary>
    public bool OnRequest => State == EntryState.Listed && AccessRights.Of(Metadata) == AccessRight.OnRequest;

    /// <summary>What of it became public late, and why.</summary>
    public IReadOnlyList<PublicLateness> Late { get; init; } = [];

    /// <summary>The document that it describes, with its body.</summary>
    public PublishedDocument? Document { get; init; }
}

/// <summary>The other side of a relation.</summary>
/// <param name="Kind">What the first does to the second.</param>
/// <param name="Inverse">It is the other that does it to this one.</param>
/// <param name="Other">The other's number, as written or as its title where it is in the directory.</param>
/// <param name="EntryId">The other's record, if the directory has it.</param>
/// <param name="SiteId">The site of that record.</param>
/// <param name="Title">Its title.</param>
/// <param name="EffectiveOn">From which day.</param>
public sealed record RelatedEntry(
    RelationKind Kind, bool Inverse, string Other, Guid? EntryId, Guid? SiteId, string? Title, DateOnly? EffectiveOn);

internal sealed class ReadRecordHandler(
    DirectoryData data, ISender sender, TimeProvider clock, IStringLocalizer<DirectoryText> text) : IRequestHandler<ReadRecord, RecordView?>
{
    private const int MostRelations = 50;

    public async Task<RecordView?> Handle(ReadRecord request, CancellationToken cancellationToken)
    {
        var entry = new SqlText();
        entry.Text =
            $"""
            select e.id, e.site_id, e.organisation_name, e.index_number, e.title, e.metadata, e.code_versions, e.published_at,
              e.updated_at, e.state, e.reason, e.document_id, e.body, e.overlay
            from disclosure.directory_entries e
            where e.id = {entry.Value(request.EntryId)} and {entry.Value(request.ScopeId)} = any(e.site_path)
              and (e.state <> 'Withheld' or e.sequence > 0)
            """;
        var record = await data.ReadAsync(
            async (reader, token) =>
            {
                if (!await reader.ReadAsync(token))
                {
                    return null;
                }

                var view = Read(reader);
                await reader.NextResultAsync(token);
                view = view with { Related = Once(await DirectoryData.RowsAsync(reader, ReadRelated, token)) };
                await reader.NextResultAsync(token);
                return view with { Late = await DirectoryData.RowsAsync(reader, PublicLateness.Read, token) };
            },
            cancellationToken,
            [entry, Relations(request.EntryId), PublicLateness.Of(request.EntryId, clock.GetUtcNow())]);
        if (record is { State: EntryState.Withheld })
        {
            return Tombstone(record);
        }

        if (record is { OnRequest: true })
        {
            return record with { Body = null };
        }

        if (record is not { State: EntryState.Listed, DocumentId: { } documentId })
        {
            return record;
        }

        var published = await sender.Send(new GetPublishedDocuments([documentId]) { WithBody = true }, cancellationToken);
        return record with { Document = published.FirstOrDefault(document => document.Status == "Page") };
    }

    // Numbers lead to records as soon as the directory has them: nothing is kept of the other but its number. What says
    // something of another record's standing reaches it only from its own organisation or a superior one; from anywhere
    // else it stays words on the page of who said it.
    private static SqlText Relations(Guid entryId)
    {
        var sql = new SqlText();
        var id = sql.Value(entryId);
        var acting = sql.Value(RelationReach.Acting.Select(kind => kind.ToString()).ToArray());
        var standing = sql.Value(RelationReach.Standing.Select(kind => kind.ToString()).ToArray());
        sql.Text =
            $"""
            select * from (
              select r.kind, false as inverse, r.other, o.id, o.site_id, o.title, r.effective_on
              from disclosure.entry_relations r
              join disclosure.directory_entries e on e.id = r.entry_id
              left join lateral (
                select o.id, o.site_id, o.title from disclosure.directory_entries o
                where (o.number_key = r.other_key or o.index_number = r.other) and o.id <> r.entry_id and o.state = 'Listed'
                  and (r.kind <> all({acting}) or e.site_id = any(o.site_path))
                order by o.published_at limit 1) o on true
              where r.entry_id = {id}
              union all
              select r.kind, true, coalesce(o.metadata ->> 'documentNumber', o.index_number), o.id, o.site_id, o.title,
                r.effective_on
              from disclosure.directory_entries e
              join disclosure.entry_relations r on r.other_key in (e.number_key, lower(e.index_number))
              join disclosure.directory_entries o on o.id = r.entry_id and o.id <> e.id and o.state = 'Listed'
              where e.id = {id} and (r.kind <> all({standing}) or o.site_id = any(e.site_path))) related
            order by inverse, kind, other limit {sql.Value(MostRelations)}
            """;
        return sql;
    }

    // It was public once and is not any more: its number, and that it is withheld, are all that is said of it.
    private RecordView Tombstone(RecordView record) => new()
    {
        Id = record.Id,
        SiteId = record.SiteId,
        OrganisationName = record.OrganisationName,
        IndexNumber = record.IndexNumber,
        Title = text["Record.Withheld.Title"],
        Metadata = new EntryMetadata(),
        CodeVersions = new Dictionary<string, string>(),
        PublishedAt = record.PublishedAt,
        UpdatedAt = record.UpdatedAt,
        State = EntryState.Withdrawn,
        Reason = text["Record.Withheld.Why"],
        Related = [],
    };

    // Both records may say it, or one of them by number and by index number: it is one relation.
    private static List<RelatedEntry> Once(List<RelatedEntry> rows) =>
    [
        .. rows.DistinctBy(row => (
            row.Kind == RelationKind.RepealedBy ? (RelationKind.Repeals, !row.Inverse) : (row.Kind, row.Inverse),
            row.EntryId?.ToString() ?? row.Other)),
    ];

    private static RecordView Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        SiteId = row.GetGuid(1),
        OrganisationName = row.GetString(2),
        IndexNumber = row.GetString(3),
        Title = row.GetString(4),
        Metadata = EntryMetadata.Read(row.GetString(5)),
        CodeVersions = row.Json<Dictionary<string, string>>(6),
        PublishedAt = row.GetFieldValue<DateTimeOffset>(7),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(8),
        State = Enum.Parse<EntryState>(row.GetString(9)),
        Reason = row.Text(10),
        DocumentId = row.IsDBNull(11) ? null : row.GetGuid(11),
        Body = row.Text(12),
        Overlay = row.IsDBNull(13) ? null : row.Json<EntryOverlay>(13),
        Related = [],
    };

    private static RelatedEntry ReadRelated(NpgsqlDataReader row) => new(
        Enum.Parse<RelationKind>(row.GetString(0)),
        row.GetBoolean(1),
        DocumentNumbers.Normalise(row.GetString(2)),
        row.IsDBNull(3) ? null : row.GetGuid(3),
        row.IsDBNull(4) ? null : row.GetGuid(4),
        row.Text(5),
        row.Day(6));
}
