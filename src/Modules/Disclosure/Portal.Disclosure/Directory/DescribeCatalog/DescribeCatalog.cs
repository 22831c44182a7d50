using MediatR;
using Npgsql;
using Portal.Shared.Actors;
using Portal.Shared.Paging;

namespace Portal.Disclosure.Directory.DescribeCatalog;

/// <summary>A part of a site's directory, to be described as a catalogue of datasets.</summary>
internal sealed record DescribeCatalog(Guid ScopeId, Cursor? Cursor) : IRequest<CatalogPart>, IPublicRequest;

/// <summary>A part of the catalogue.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Next">Cursor of the next part; null on the last.</param>
internal sealed record CatalogPart(IReadOnlyList<CatalogEntry> Entries, string? Next);

/// <summary>An entry as a dataset.</summary>
internal sealed record CatalogEntry(
    Guid Id, DateTimeOffset PublishedAt, DateTimeOffset UpdatedAt, string OrganisationName, EntryMetadata Metadata,
    string? Subject, string? Genre);

internal sealed class DescribeCatalogHandler(DirectoryData data) : IRequestHandler<DescribeCatalog, CatalogPart>
{
    public const int PageSize = 100;

    public async Task<CatalogPart> Handle(DescribeCatalog request, CancellationToken cancellationToken)
    {
        var sql = new SqlText();
        var beside = request.Cursor is { } edge
            ? $" and (l.published_at, l.entry_id) < ({sql.Value(edge.At.ToUniversalTime())}, {sql.Value(edge.Id)})"
            : "";
        sql.Text =
            $"""
            select e.id, e.published_at, e.updated_at, e.organisation_name, e.metadata, coalesce(e.subject, e.subject_class), e.genre
            from (
              select l.entry_id, l.published_at from disclosure.directory_listings l
              where l.scope_id = {sql.Value(request.ScopeId)}{beside}
              order by l.published_at desc, l.entry_id desc limit {sql.Value(PageSize + 1)}) l
            join disclosure.directory_entries e on e.id = l.entry_id
            order by l.published_at desc, l.entry_id desc
            """;
        var rows = await data.ReadAsync(
            (reader, token) => DirectoryData.RowsAsync(reader, Read, token), cancellationToken, [sql]);
        var shown = rows.Take(PageSize).ToList();
        return new CatalogPart(
            shown, rows.Count > PageSize ? new Cursor(shown[^1].PublishedAt, shown[^1].Id, false).ToString() : null);
    }

    private static CatalogEntry Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetFieldValue<DateTimeOffset>(1),
        row.GetFieldValue<DateTimeOffset>(2),
        row.GetString(3),
        EntryMetadata.Read(row.GetString(4)),
        row.Text(5),
        row.Text(6));
}
