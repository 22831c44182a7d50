using MediatR;
using Portal.Interaction.ErrorReports;
using Portal.Publishing.Contracts;

namespace Portal.Interaction.HotTopics;

/// <summary>Finds what the public has at an address of whatever site of the province.</summary>
internal sealed class PublicDocuments(PagesOfReports pages, ISender sender)
{
    /// <summary>The document; null where there is none, or the public does not have it now.</summary>
    public async Task<PublishedDocument?> FindAsync(string address, CancellationToken cancellationToken) =>
        (await pages.FindAsync(address, null, cancellationToken)).Page is { DocumentId: { } id }
        && await sender.Send(new GetPublishedDocuments([id]), cancellationToken) is [{ Status: "Page" } document, ..]
            ? document
            : null;
}
