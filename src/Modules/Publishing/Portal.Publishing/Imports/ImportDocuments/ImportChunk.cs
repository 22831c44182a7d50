using Npgsql;
using Portal.Publishing.Documents;
using Portal.Publishing.Search;
using Portal.Shared.Messaging;

namespace Portal.Publishing.Imports.ImportDocuments;

/// <summary>
/// A few hundred documents that go into the database together or not at all. The database's guards hold here as
/// everywhere.
/// </summary>
internal sealed class ImportChunk
{
    private readonly CopyRows<Document> _documents = new(
        "documents",
        ("id", (to, row) => to.Uuid(row.Id)),
        ("site_id", (to, row) => to.Uuid(row.SiteId)),
        ("type", (to, row) => to.Text(row.Type)),
        ("source_id", (to, row) => to.Text(row.SourceId)),
        ("created_at", (to, row) => to.Instant(row.CreatedAt)),
        ("created_by", (to, row) => to.Uuid(row.CreatedBy)));

    private readonly CopyRows<Edition> _editions = new(
        "editions",
        ("id", (to, row) => to.Uuid(row.Id)),
        ("site_id", (to, row) => to.Uuid(row.SiteId)),
        ("document_id", (to, row) => to.Uuid(row.DocumentId)),
        ("language", (to, row) => to.Text(row.Language)),
        ("number", (to, row) => to.Integer(row.Number)),
        ("state", (to, row) => to.Text(row.State.ToString())),
        ("channel_id", (to, row) => to.Uuid(row.ChannelId)),
        ("slug", (to, row) => to.Text(row.Slug)),
        ("title", (to, row) => to.Text(row.Title)),
        ("summary", (to, row) => to.Text(row.Summary)),
        ("body", (to, row) => to.Text(row.Body)),
        ("fields", (to, row) => to.Json(row.Fields)),
        ("source", (to, row) => to.Text(row.Source)),
        ("author", (to, row) => to.Text(row.Author)),
        ("keywords", (to, row) => to.Texts(row.Keywords)),
        ("attachments", (to, row) => to.Json(row.Attachments)),
        ("interprets", (to, row) => to.Uuids(row.Interprets)),
        ("originally_published_at", (to, row) => to.Instant(row.OriginallyPublishedAt)),
        ("content_hash", (to, row) => to.Text(row.ContentHash)),
        ("contributors", (to, row) => to.Uuids(row.Contributors)),
        ("import_batch_id", (to, row) => to.Uuid(row.ImportBatchId)),
        ("created_by", (to, row) => to.Uuid(row.CreatedBy)),
        ("created_at", (to, row) => to.Instant(row.CreatedAt)),
        ("updated_by", (to, row) => to.Uuid(row.UpdatedBy)),
        ("updated_at", (to, row) => to.Instant(row.UpdatedAt)),
        ("published_at", (to, row) => to.Instant(row.PublishedAt)),
        ("version", (to, row) => to.Integer(row.Version)));

    private readonly CopyRows<PublishedPage> _pages = new(
        "published_pages",
        ("document_id", (to, row) => to.Uuid(row.DocumentId)),
        ("language", (to, row) => to.Text(row.Language)),
        ("site_id", (to, row) => to.Uuid(row.SiteId)),
        ("path", (to, row) => to.Text(row.Path)),
        ("edition_id", (to, row) => to.Uuid(row.EditionId)),
        ("sequence", (to, row) => to.Integer(row.Sequence)),
        ("content_hash", (to, row) => to.Text(row.ContentHash)),
        ("channel_id", (to, row) => to.Uuid(row.ChannelId)),
        ("type", (to, row) => to.Text(row.Type)),
        ("status", (to, row) => to.Text(row.Status.ToString())),
        ("title", (to, row) => to.Text(row.Title)),
        ("summary", (to, row) => to.Text(row.Summary)),
        ("html", (to, row) => to.Text(row.Html)),
        ("renderer_version", (to, row) => to.Integer(row.RendererVersion)),
        ("fields", (to, row) => to.Json(row.Fields)),
        ("source", (to, row) => to.Text(row.Source)),
        ("author", (to, row) => to.Text(row.Author)),
        ("keywords", (to, row) => to.Texts(row.Keywords)),
        ("attachments", (to, row) => to.Json(row.Attachments)),
        ("interprets", (to, row) => to.Uuids(row.Interprets)),
        ("published_at", (to, row) => to.Instant(row.PublishedAt)),
        ("updated_at", (to, row) => to.Instant(row.UpdatedAt)));

    private readonly CopyRows<PublishedPage> _paths = new(
        "path_owners",
        ("site_id", (to, row) => to.Uuid(row.SiteId)),
        ("path", (to, row) => to.Text(row.Path)),
        ("kind", (to, row) => to.Text(nameof(PathKind.Document))),
        ("target_id", (to, row) => to.Uuid(row.DocumentId)));

    private readonly CopyRows<ListingEntry> _listings = new(
        "listing_entries",
        ("site_id", (to, row) => to.Uuid(row.SiteId)),
        ("channel_id", (to, row) => to.Uuid(row.ChannelId)),
        ("document_id", (to, row) => to.Uuid(row.DocumentId)),
        ("language", (to, row) => to.Text(row.Language)),
        ("published_at", (to, row) => to.Instant(row.PublishedAt)));

    // The vectors themselves: what the trigger would make of grams, without its work.
    private readonly CopyRows<SearchEntry> _search = new(
        "search_entries",
        ("document_id", (to, row) => to.Uuid(row.DocumentId)),
        ("language", (to, row) => to.Text(row.Language)),
        ("part", (to, row) => to.Integer(row.Part)),
        ("site_id", (to, row) => to.Uuid(row.SiteId)),
        ("lineage", (to, row) => to.Uuids(row.Lineage)),
        ("type", (to, row) => to.Text(row.Type)),
        ("year", (to, row) => to.Integer(row.Year)),
        ("published_at", (to, row) => to.Instant(row.PublishedAt)),
        ("document_number", (to, row) => to.Text(row.DocumentNumber)),
        ("title", (to, row) => to.Text(row.Title)),
        ("text", (to, row) => to.Text(row.Text)),
        ("title_vector", (to, row) => to.Vector(row.TitleGrams)),
        ("text_vector", (to, row) => to.Vector(row.TextGrams)));

    private readonly CopyRows<OutboxMessage> _outbox = new(
        "outbox",
        ("id", (to, row) => to.Uuid(row.Id)),
        ("type", (to, row) => to.Text(row.Type)),
        ("payload", (to, row) => to.JsonText(row.Payload)),
        ("occurred_at", (to, row) => to.Instant(row.OccurredAt)),
        ("available_at", (to, row) => to.Instant(row.AvailableAt)),
        ("attempts", (to, row) => to.Integer(row.Attempts)));

    public int Count { get; private set; }

    public void Add(ImportedDocument document)
    {
        _documents.Add(document.Document);
        _editions.Add(document.Edition);
        _pages.Add(document.Page);
        _paths.Add(document.Page);
        _listings.AddRange(document.Listings);
        _search.AddRange(document.Search);
        _outbox.Add(document.Fact);
        Count++;
    }

    /// <summary>Writes all rows inside the transaction that is open on the connection.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await _documents.SendAsync(connection, cancellationToken);
        await _editions.SendAsync(connection, cancellationToken);
        await _pages.SendAsync(connection, cancellationToken);
        await _paths.SendAsync(connection, cancellationToken);
        await _listings.SendAsync(connection, cancellationToken);
        await _search.SendAsync(connection, cancellationToken);
        await _outbox.SendAsync(connection, cancellationToken);
    }
}
