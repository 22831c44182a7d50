using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Publishing.RichText;
using Portal.Publishing.Search;
using Portal.Shared.Messaging;

namespace Portal.Publishing.Imports.ImportDocuments;

/// <summary>A record made into the rows of a live document: the same as the publication transaction writes.</summary>
internal sealed record ImportedDocument(
    Document Document,
    Edition Edition,
    PublishedPage Page,
    IReadOnlyList<ListingEntry> Listings,
    IReadOnlyList<SearchEntry> Search,
    OutboxMessage Fact)
{
    /// <summary>Makes the rows of one document. Pure, so that it can run beside the database.</summary>
    public static ImportedDocument Of(
        ImportRecord record, ImportBatch batch, Channel channel, DateTimeOffset now)
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
            document,
            edition,
            page,
            [.. Publisher.ListingsOf(page, channel)],
            SearchIndex.EntriesOf(page, channel.Lineage, record.Body.PlainText()),
            OutboxMessage.Of(Publisher.FactOf(edition, page, channel, null, [], [], null, now), now));
    }

    private static string SlugOf(string sourceId, Guid documentId) =>
        sourceId.Length <= 60 && sourceId.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')
            ? sourceId
            : documentId.ToString("N")[^12..];
}
