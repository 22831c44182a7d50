using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Publishing.Documents.SharePreview;
using Portal.Publishing.Media;
using Portal.Publishing.Writing;
using Portal.Shared.Actors;
using Portal.Shared.Blobs;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Publishing.Documents.PreviewEdition;

/// <summary>
/// Previews in the public layout. Staff get a link that ends soon, on the edition's own site, so that they see the very
/// page that a link they send would show.
/// </summary>
internal sealed class PreviewEditionEndpoint : ICarterModule
{
    private static readonly TimeSpan StaffLink = TimeSpan.FromMinutes(15);

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage("/console/editions/{id:guid}/preview", RedirectAsync);
        app.MapPublicUncached("/preview/{token}", ShowAsync);
        app.MapPublicUncached("/preview/{token}/media/{id:guid}", FetchAsync);
    }

    private static async Task<IResult> RedirectAsync(
        Guid id, EditionScope scope, ISites sites, PreviewLinks links, TimeProvider clock, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(id, Permission.UseConsole, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure.Page();
        }

        var (edition, _, _, site, _) = found.Value;
        var token = links.Write(new PreviewLink(
            edition.Id, PreviewLinks.ContentOf(edition), clock.GetUtcNow() + StaffLink));
        return Results.Redirect(sites.AddressOf(site, "preview/" + token).AbsoluteUri);
    }

    private static async Task<IResult> ShowAsync(
        string token, HttpContext http, ISender sender, CancellationToken cancellationToken)
    {
        Hide(http);
        var answer = await sender.Send(new PreviewEdition(token), cancellationToken);
        return answer.View is { } view ? PreviewPage.Of(view)
            : answer.Ended ? PreviewPage.Ended()
            : MessagePage.Of(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> FetchAsync(
        string token, Guid id, HttpContext http, PreviewReader reader, IBlobStore blobs, CancellationToken cancellationToken)
    {
        Hide(http);
        var (edition, _) = await reader.OpenAsync(token, cancellationToken);
        return edition is not null
            && (await reader.FilesAsync(edition, cancellationToken)).TryGetValue(id, out var item)
            && await blobs.OpenAsync(item.BlobHash, cancellationToken) is { } content
                ? FileAnswers.Of(http, content, item.Name, item.MediaType, item.BlobHash)
                : MessagePage.Of(StatusCodes.Status404NotFound);
    }

    private static void Hide(HttpContext http) => http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
}
