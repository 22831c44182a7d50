using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Portal.Publishing.Media;

/// <summary>How files that are not public are sent: never sniffed, never run, never kept.</summary>
internal static class FileAnswers
{
    public static IResult Of(HttpContext http, Stream content, string name, string mediaType, string hash)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.CacheControl = "no-store";
        var isShown = mediaType.StartsWith("image/", StringComparison.Ordinal)
            || mediaType.StartsWith("video/", StringComparison.Ordinal);
        var disposition = new ContentDispositionHeaderValue(isShown ? "inline" : "attachment");
        disposition.SetHttpFileName(name);
        headers.ContentDisposition = disposition.ToString();
        return Results.Stream(
            content,
            mediaType,
            entityTag: new EntityTagHeaderValue($"\"{hash}\""),
            enableRangeProcessing: content.CanSeek);
    }
}
