using MediatR;
using Portal.Disclosure.Contracts;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Text;

namespace Portal.Publishing.Pages.ReadAddress;

/// <summary>What is at a path of a site?</summary>
internal sealed record ReadAddress(Guid SiteId, string Path, ListPosition Position) : IRequest<AddressContent>, IPublicRequest;

/// <summary>What a path of a site leads to; all null: nothing.</summary>
/// <param name="Document">A document's page.</param>
/// <param name="Channel">A channel's page.</param>
/// <param name="MovedTo">The present path of what used to be here.</param>
/// <param name="NextChange">When the answer may change by itself, where nothing else says so.</param>
internal sealed record AddressContent(
    DocumentView? Document, ChannelView? Channel = null, string? MovedTo = null, DateTimeOffset? NextChange = null);

internal sealed class ReadAddressHandler(PublishedData data, ISender sender) : IRequestHandler<ReadAddress, AddressContent>
{
    // A document or channel that moved is found by its identity, so that a second move needs no second hop.
    private const string Moved =
        $"""
        select
          (select coalesce(
              (select p.path from publishing.published_pages p
                where p.document_id = o.target_id and p.site_id = o.site_id order by p.language desc limit 1),
              (select c.path from publishing.channels c where c.id = o.target_id and c.site_id = o.site_id))
            from publishing.path_owners o where o.site_id = $1 and o.path = $2 and o.kind = 'Moved'),
          {PublishedData.NextChange}
        """;

    public async Task<AddressContent> Handle(ReadAddress request, CancellationToken cancellationToken)
    {
        var document = await data.ReadAsync(
            async (row, token) => await row.ReadAsync(token) ? DocumentRow.Read(row) : null,
            cancellationToken,
            new Statement(DocumentRow.Sql, request.SiteId, request.Path));
        if (document is not null)
        {
            return new(
                await WithRecordAsync(await WithRepealAsync(document, cancellationToken), cancellationToken),
                NextChange: document.NextChange);
        }

        return await data.ReadAsync(
            async (row, token) =>
            {
                await row.ReadAsync(token);
                var (movedTo, next) = (row.Text(0), row.Instant(1));
                await row.NextResultAsync(token);
                var channel = await ChannelRows.ReadAsync(row, request.Position, token);
                return new AddressContent(null, channel, channel is null ? movedTo : null, next);
            },
            cancellationToken,
            [
                new Statement(Moved, request.SiteId, request.Path),
                .. ChannelRows.Statements(request.SiteId, request.Path, request.Position),
            ]);
    }

    // Readers of official documents look for the index number first.
    private async Task<DocumentView> WithRecordAsync(DocumentView document, CancellationToken cancellationToken) =>
        DocumentTypes.Find(document.Type) is not { Official: true }
            ? document
            : document with
            {
                Record = (await sender.Send(new GetDirectoryEntries([document.DocumentId]), cancellationToken))
                    .FirstOrDefault(entry => entry.State == "Listed"),
            };

    // G-23: the original says what repealed it, with a link where that document is on the platform.
    private async Task<DocumentView> WithRepealAsync(DocumentView document, CancellationToken cancellationToken)
    {
        if (!document.Fields.TryGetValue("repealedBy", out var number) || number.Length == 0)
        {
            return document;
        }

        var repealedBy = await data.ReadAsync(
            async (row, token) => await row.ReadAsync(token) ? DocumentRow.ReadNumbered(row) : null,
            cancellationToken,
            new Statement(DocumentRow.ByNumber, DocumentNumbers.Key(number)));
        return document with { RepealedBy = repealedBy };
    }
}
