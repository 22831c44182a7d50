using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Writing;
using Portal.Shared.Web;

namespace Portal.Publishing.Documents.ReadDocumentHistory;

/// <summary>The page of a document: its editions and what can be done with it.</summary>
internal sealed class ReadDocumentHistoryEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/documents/{id:guid}", async (
            Guid id, string? done, ISender sender, CancellationToken cancellationToken) =>
        {
            var history = await sender.Send(new ReadDocumentHistory(id), cancellationToken);
            return history.Succeeded ? ReadDocumentHistoryPage.Of(history.Value, done) : history.Failure.Page();
        });
}
