using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Writing;
using Portal.Shared.Web;

namespace Portal.Publishing.Documents.ListDocuments;

/// <summary>The list of documents with its filters in the address.</summary>
internal sealed class ListDocumentsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/documents", async (
            string? state, string? channel, string? type, string? mine, string? q, string? cursor,
            ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new ListDocuments
            {
                State = Enum.TryParse<EditionState>(state, out var known) && Enum.IsDefined(known) ? known : null,
                ChannelId = Guid.TryParse(channel, out var id) ? id : null,
                Type = type,
                Mine = mine is "true",
                Text = q ?? "",
                Cursor = cursor,
            };
            var list = await sender.Send(request, cancellationToken);
            return list.Succeeded ? ListDocumentsPage.Of(request, list.Value) : list.Failure.Page();
        });
}
