using Npgsql;

namespace Portal.Disclosure.Directory;

/// <summary>An entry as a line of a list: what article 12 wants of a directory and what readers look for.</summary>
public sealed record EntryRow
{
    public required Guid Id { get; init; }
    public required Guid SiteId { get; init; }
    public required string IndexNumber { get; init; }
    public required string Title { get; init; }
    public string? Description { get; init; }
    public string? DocumentNumber { get; init; }
    public DateOnly? WrittenOn { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    /// <summary>发布机构 as the record names it.</summary>
    public required string Publisher { get; init; }
    public string? Validity { get; init; }
    public string? Genre { get; init; }
    public required EntryState State { get; init; }
    public string? Recommendation { get; init; }

    internal const string Columns =
        """
        e.id, e.site_id, e.index_number, e.title, e.metadata ->> 'description', e.metadata ->> 'documentNumber',
        e.written_on, e.published_at, e.updated_at, coalesce(nullif(e.metadata ->> 'publisher', ''), e.organisation_name), e.validity, e.genre, e.state,
        e.recommendation
        """;

    internal static EntryRow Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        SiteId = row.GetGuid(1),
        IndexNumber = row.GetString(2),
        Title = row.GetString(3),
        Description = row.Text(4),
        DocumentNumber = row.Text(5),
        WrittenOn = row.Day(6),
        PublishedAt = row.GetFieldValue<DateTimeOffset>(7),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(8),
        Publisher = row.GetString(9),
        Validity = row.Text(10),
        Genre = row.Text(11),
        State = Enum.Parse<EntryState>(row.GetString(12)),
        Recommendation = row.Text(13),
    };
}
