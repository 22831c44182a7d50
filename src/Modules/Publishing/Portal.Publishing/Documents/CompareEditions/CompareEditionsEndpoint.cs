using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Writing;
using Portal.Shared.Web;

namespace Portal.Publishing.Documents.CompareEditions;

/// <summary>The page of two editions.</summary>
internal sealed class CompareEditionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage(
            "/console/documents/{id:guid}/comparison",
            async (Guid id, string? left, string? right, ISender sender, CancellationToken cancellationToken) =>
            {
                _ = Guid.TryParse(left, out var former);
                _ = Guid.TryParse(right, out var latter);
                var found = await sender.Send(new CompareEditions(id, former, latter), cancellationToken);
                return found.Succeeded ? CompareEditionsPage.Of(found.Value) : found.Failure.Page();
            });
}
