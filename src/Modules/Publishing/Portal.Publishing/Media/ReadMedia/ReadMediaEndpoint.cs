using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Portal.Shared.Blobs;
using Portal.Shared.Sites;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Publishing.Media.ReadMedia;

/// <summary>
/// Files of live pages. Their bytes never change under an address, but their being public does: browsers keep them for
/// a minute and then ask again by the hash. Not in the output cache: files are large, and ranges are asked for.
/// </summary>
internal sealed class ReadMediaEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPublicFile("/media/{id:guid}/{name}", AnswerAsync).AddEndpointFilter<OpenSiteFilter>();

    private static async Task<IResult> AnswerAsync(
        Guid id, HttpContext http, ICurrentSite current, ISender sender, IBlobStore blobs)
    {
        var file = await sender.Send(new ReadMedia(current.Site!.Id, id), http.RequestAborted);
        if (file is null || await blobs.OpenAsync(file.BlobHash, http.RequestAborted) is not { } content)
        {
            return MessagePage.Of(StatusCodes.Status404NotFound);
        }

        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.CacheControl = "public, max-age=60";
        var isShown = file.MediaType.StartsWith("image/", StringComparison.Ordinal)
            || file.MediaType.StartsWith("video/", StringComparison.Ordinal)
            || file.MediaType.StartsWith("audio/", StringComparison.Ordinal);
        var disposition = new ContentDispositionHeaderValue(isShown ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        headers.ContentDisposition = disposition.ToString();
        return Results.Stream(
            content,
            file.MediaType,
            entityTag: new EntityTagHeaderValue($"\"{file.BlobHash}\""),
            enableRangeProcessing: content.CanSeek);
    }
}
