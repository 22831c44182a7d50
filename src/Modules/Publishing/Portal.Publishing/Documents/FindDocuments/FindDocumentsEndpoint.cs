using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Writing;
using Portal.Shared.Web;

namespace Portal.Publishing.Documents.FindDocuments;

/// <summary>Answers the editor's search for a document to link to.</summary>
internal sealed class FindDocumentsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/documents/links", async (string? q, ISender sender, CancellationToken cancellationToken) =>
        {
            var found = await sender.Send(new FindDocuments(q ?? ""), cancellationToken);
            return found.Succeeded ? Results.Json(found.Value.Documents) : found.Failure.Problem("");
        });
}
