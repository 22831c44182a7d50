using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Portal.Publishing.Channels;
using Portal.Publishing.Contracts;
using Portal.Publishing.Documents;
using Portal.Publishing.RichText;
using Portal.Publishing.Search;
using Portal.Shared.Messaging;

namespace Portal.Publishing.Imports.ImportDocuments;

/// <summary>A record made into the rows of a live document.</summary>
internal sealed record ImportedDocument(
    Document Document, Edition Edition, PublishedPage Page, IReadOnlyList<SearchEntry> Search);

/// <summary>
/// Writes imported documents in bulk: the same rows as the publication transaction writes, by COPY, a few hundred
/// documents a transaction. The database's guards hold here as everywhere.
/// </summary>
internal sealed class ImportWriter(PublishingDbContext db)
{
    /// <summary>Makes the rows of one document. Pure, so that it can run beside the database.</summary>
    public static ImportedDocument Make(ImportRecord record, ImportBatch batch, Channel channel, DateTimeOffset now)
    {
        var document = new Document
        {
            Id = Guid.CreateVersion7(now),
            SiteId = batch.SiteId,
            Type = channel.Type == ChannelType.Policies ? "policy" : "article",
            SourceId = record.SourceId,
            CreatedAt = now,
            CreatedBy = batch.ApprovedBy,
        };
        var edition = new Edition
        {
            Id = Guid.CreateVersion7(now),
            SiteId = batch.SiteId,
            DocumentId = document.Id,
            Number = 1,
            State = EditionState.Live,
            ChannelId = channel.Id,
            Slug = SlugOf(record.SourceId, document.Id),
            Title = record.Title,
            Summary = record.Body.Excerpt(120),
            Body = RichJsonWriter.Write(record.Body),
            Fields = record.Fields,
            Source = record.Fields.GetValueOrDefault("issuer", ""),
            OriginallyPublishedAt = record.PublishedAt,
            ImportBatchId = batch.Id,
            CreatedBy = batch.ApprovedBy,
            CreatedAt = now,
            UpdatedBy = batch.ApprovedBy,
            UpdatedAt = now,
            PublishedAt = now,
        };
        edition.ContentHash = ContentHash.Of(edition);
        var page = Publisher.Project(
            document, edition, channel, null, HtmlRenderer.Render(record.Body, RenderContext.Bare), now);
        return new ImportedDocument(
            document, edition, page, SearchIndex.EntriesOf(page, channel.Lineage, record.Body.PlainText()));
    }

    /// <summary>Writes them inside the current transaction and tells that they are live.</summary>
    public async Task WriteAsync(
        IReadOnlyList<ImportedDocument> documents, Channel channel, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await CopyDocumentsAsync(connection, documents, cancellationToken);
        await CopyEditionsAsync(connection, documents, cancellationToken);
        await CopyPagesAsync(connection, documents, cancellationToken);
        await CopyAsync(
            connection, "path_owners", documents,
            [
                ("site_id", NpgsqlDbType.Uuid, row => row.Page.SiteId),
                ("path", NpgsqlDbType.Varchar, row => row.Page.Path),
                ("kind", NpgsqlDbType.Varchar, _ => nameof(PathKind.Document)),
                ("target_id", NpgsqlDbType.Uuid, row => row.Page.DocumentId),
            ],
            cancellationToken);
        await CopyAsync(
            connection, "listing_entries",
            [.. documents.SelectMany(row => Publisher.ListingsOf(row.Page, channel))],
            [
                ("site_id", NpgsqlDbType.Uuid, row => row.SiteId),
                ("channel_id", NpgsqlDbType.Uuid, row => row.ChannelId),
                ("document_id", NpgsqlDbType.Uuid, row => row.DocumentId),
                ("language", NpgsqlDbType.Text, row => row.Language),
                ("published_at", NpgsqlDbType.TimestampTz, row => row.PublishedAt.UtcDateTime),
            ],
            cancellationToken);
        await CopySearchAsync(connection, [.. documents.SelectMany(row => row.Search)], cancellationToken);
        foreach (var row in documents)
        {
            db.Publish(FactOf(row, channel, now), now);
        }

        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    private static string SlugOf(string sourceId, Guid documentId) =>
        sourceId.Length <= 60 && sourceId.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')
            ? sourceId
            : documentId.ToString("N")[^12..];

    private static Task CopyDocumentsAsync(
        NpgsqlConnection connection, IReadOnlyList<ImportedDocument> documents, CancellationToken cancellationToken) =>
        CopyAsync(
            connection, "documents", documents,
            [
                ("id", NpgsqlDbType.Uuid, row => row.Document.Id),
                ("site_id", NpgsqlDbType.Uuid, row => row.Document.SiteId),
                ("type", NpgsqlDbType.Varchar, row => row.Document.Type),
                ("source_id", NpgsqlDbType.Varchar, row => row.Document.SourceId),
                ("created_at", NpgsqlDbType.TimestampTz, row => row.Document.CreatedAt.UtcDateTime),
                ("created_by", NpgsqlDbType.Uuid, row => row.Document.CreatedBy),
            ],
            cancellationToken);

    private static Task CopyEditionsAsync(
        NpgsqlConnection connection, IReadOnlyList<ImportedDocument> documents, CancellationToken cancellationToken) =>
        CopyAsync(
            connection, "editions", [.. documents.Select(row => row.Edition)],
            [
                ("id", NpgsqlDbType.Uuid, row => row.Id),
                ("site_id", NpgsqlDbType.Uuid, row => row.SiteId),
                ("document_id", NpgsqlDbType.Uuid, row => row.DocumentId),
                ("language", NpgsqlDbType.Varchar, row => row.Language),
                ("number", NpgsqlDbType.Integer, row => row.Number),
                ("state", NpgsqlDbType.Varchar, row => row.State.ToString()),
                ("channel_id", NpgsqlDbType.Uuid, row => row.ChannelId),
                ("slug", NpgsqlDbType.Varchar, row => row.Slug),
                ("title", NpgsqlDbType.Varchar, row => row.Title),
                ("summary", NpgsqlDbType.Varchar, row => row.Summary),
                ("body", NpgsqlDbType.Text, row => row.Body),
                ("fields", NpgsqlDbType.Jsonb, row => Json(row.Fields)),
                ("source", NpgsqlDbType.Varchar, row => row.Source),
                ("author", NpgsqlDbType.Varchar, row => row.Author),
                ("keywords", NpgsqlDbType.Array | NpgsqlDbType.Text, row => row.Keywords),
                ("attachments", NpgsqlDbType.Jsonb, row => Json(row.Attachments)),
                ("interprets", NpgsqlDbType.Array | NpgsqlDbType.Uuid, row => row.Interprets),
                ("originally_published_at", NpgsqlDbType.TimestampTz, row => row.OriginallyPublishedAt?.UtcDateTime),
                ("content_hash", NpgsqlDbType.Varchar, row => row.ContentHash),
                ("contributors", NpgsqlDbType.Array | NpgsqlDbType.Uuid, row => row.Contributors),
                ("import_batch_id", NpgsqlDbType.Uuid, row => row.ImportBatchId),
                ("created_by", NpgsqlDbType.Uuid, row => row.CreatedBy),
                ("created_at", NpgsqlDbType.TimestampTz, row => row.CreatedAt.UtcDateTime),
                ("updated_by", NpgsqlDbType.Uuid, row => row.UpdatedBy),
                ("updated_at", NpgsqlDbType.TimestampTz, row => row.UpdatedAt.UtcDateTime),
                ("published_at", NpgsqlDbType.TimestampTz, row => row.PublishedAt?.UtcDateTime),
                ("version", NpgsqlDbType.Integer, row => row.Version),
            ],
            cancellationToken);

    private static Task CopyPagesAsync(
        NpgsqlConnection connection, IReadOnlyList<ImportedDocument> documents, CancellationToken cancellationToken) =>
        CopyAsync(
            connection, "published_pages", [.. documents.Select(row => row.Page)],
            [
                ("document_id", NpgsqlDbType.Uuid, row => row.DocumentId),
                ("language", NpgsqlDbType.Varchar, row => row.Language),
                ("site_id", NpgsqlDbType.Uuid, row => row.SiteId),
                ("path", NpgsqlDbType.Text, row => row.Path),
                ("edition_id", NpgsqlDbType.Uuid, row => row.EditionId),
                ("sequence", NpgsqlDbType.Integer, row => row.Sequence),
                ("content_hash", NpgsqlDbType.Text, row => row.ContentHash),
                ("channel_id", NpgsqlDbType.Uuid, row => row.ChannelId),
                ("type", NpgsqlDbType.Varchar, row => row.Type),
                ("status", NpgsqlDbType.Varchar, row => row.Status.ToString()),
                ("title", NpgsqlDbType.Text, row => row.Title),
                ("summary", NpgsqlDbType.Text, row => row.Summary),
                ("html", NpgsqlDbType.Text, row => row.Html),
                ("renderer_version", NpgsqlDbType.Integer, row => row.RendererVersion),
                ("fields", NpgsqlDbType.Jsonb, row => Json(row.Fields)),
                ("source", NpgsqlDbType.Text, row => row.Source),
                ("author", NpgsqlDbType.Text, row => row.Author),
                ("keywords", NpgsqlDbType.Array | NpgsqlDbType.Text, row => row.Keywords),
                ("attachments", NpgsqlDbType.Jsonb, row => Json(row.Attachments)),
                ("interprets", NpgsqlDbType.Array | NpgsqlDbType.Uuid, row => row.Interprets),
                ("published_at", NpgsqlDbType.TimestampTz, row => row.PublishedAt.UtcDateTime),
                ("updated_at", NpgsqlDbType.TimestampTz, row => row.UpdatedAt.UtcDateTime),
            ],
            cancellationToken);

    private static Task CopySearchAsync(
        NpgsqlConnection connection, IReadOnlyList<SearchEntry> entries, CancellationToken cancellationToken) =>
        CopyAsync(
            connection, "search_entries", entries,
            [
                ("document_id", NpgsqlDbType.Uuid, row => row.DocumentId),
                ("language", NpgsqlDbType.Text, row => row.Language),
                ("part", NpgsqlDbType.Integer, row => row.Part),
                ("site_id", NpgsqlDbType.Uuid, row => row.SiteId),
                ("lineage", NpgsqlDbType.Array | NpgsqlDbType.Uuid, row => row.Lineage),
                ("type", NpgsqlDbType.Varchar, row => row.Type),
                ("year", NpgsqlDbType.Integer, row => row.Year),
                ("published_at", NpgsqlDbType.TimestampTz, row => row.PublishedAt.UtcDateTime),
                ("document_number", NpgsqlDbType.Text, row => row.DocumentNumber),
                ("title", NpgsqlDbType.Text, row => row.Title),
                ("text", NpgsqlDbType.Text, row => row.Text),
                ("title_grams", NpgsqlDbType.Array | NpgsqlDbType.Text, row => row.TitleGrams),
                ("text_grams", NpgsqlDbType.Array | NpgsqlDbType.Text, row => row.TextGrams),
            ],
            cancellationToken);

    private static async Task CopyAsync<T>(
        NpgsqlConnection connection,
        string table,
        IReadOnlyList<T> rows,
        (string Name, NpgsqlDbType Type, Func<T, object?> Value)[] columns,
        CancellationToken cancellationToken)
    {
        var names = string.Join(", ", columns.Select(column => column.Name));
        await using var copy = await connection.BeginBinaryImportAsync(
            $"copy publishing.{table} ({names}) from stdin (format binary)", cancellationToken);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            foreach (var (_, type, value) in columns)
            {
                if (value(row) is { } given)
                {
                    await copy.WriteAsync(given, type, cancellationToken);
                }
                else
                {
                    await copy.WriteNullAsync(cancellationToken);
                }
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, MessageJson.Options);

    private static EditionPublished FactOf(ImportedDocument row, Channel channel, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        OccurredAt = now,
        ActorId = null,
        SiteId = row.Page.SiteId,
        DocumentId = row.Page.DocumentId,
        Language = row.Page.Language,
        EditionId = row.Edition.Id,
        Number = row.Edition.Number,
        Sequence = row.Page.Sequence,
        Lineage = channel.Lineage,
        Path = row.Page.Path,
        Type = row.Page.Type,
        Title = row.Page.Title,
        ContentHash = row.Edition.ContentHash,
        Status = row.Page.Status.ToString(),
    };
}
