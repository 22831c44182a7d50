using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.OutputCaching;
using Portal.Shared.Web;

namespace Portal.Host.Web;

/// <summary>
/// Turns a rendered public page into the bytes that are cached: compressed once, with a strong entity tag and a length.
/// It stands inside the output cache, so that a cached page costs no compression.
/// </summary>
internal sealed class PageBytes(RequestDelegate next, PageCache pages)
{
    /// <summary>
    /// Browsers ask again each time (a cheap 304); a cache in front of the host may answer for a minute, and for a day
    /// when the host does not.
    /// </summary>
    public const string CacheControl =
        "public, max-age=0, s-maxage=60, stale-while-revalidate=300, stale-if-error=86400";

    private const int SmallestWorthCompressing = 512;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<PublicPageAttribute>() is null)
        {
            await next(context);
            return;
        }

        var started = Stopwatch.GetTimestamp();
        var inner = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var buffer = new MemoryStream();
        var outer = new StreamResponseBodyFeature(buffer, inner);
        context.Features.Set<IHttpResponseBodyFeature>(outer);
        try
        {
            await next(context);
            await outer.Writer.FlushAsync(context.RequestAborted);
        }
        finally
        {
            context.Features.Set(inner);
        }

        if (context.Features.Get<IOutputCacheFeature>()?.Context is { } cache && pages.EvictedSince(cache.Tags, started))
        {
            cache.AllowCacheStorage = false;
        }

        await AnswerAsync(context, buffer);
    }

    private static async Task AnswerAsync(HttpContext context, MemoryStream page)
    {
        var response = context.Response;
        if (page.Length == 0 && response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            // The error page is written further out.
            return;
        }

        if (response.Headers.CacheControl.Count == 0)
        {
            response.Headers.CacheControl = CacheControl;
        }

        var bytes = (ReadOnlyMemory<byte>)page.GetBuffer().AsMemory(0, (int)page.Length);
        if (response.Headers.ContentEncoding.Count == 0 && IsText(response.ContentType))
        {
            response.Headers.Vary = "Accept-Encoding";
            var coding = ContentCoding.Of(context.Request);
            if (coding != "identity" && bytes.Length >= SmallestWorthCompressing)
            {
                response.Headers.ContentEncoding = coding;
                bytes = Compress(bytes.Span, coding);
            }
        }

        if (response.StatusCode == StatusCodes.Status200OK)
        {
            response.Headers.ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes.Span).AsSpan(0, 16))}\"";
        }

        if (response.StatusCode is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
        {
            response.ContentLength = bytes.Length;
        }

        if (bytes.Length > 0 && !HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    private static bool IsText(string? type) =>
        type is not null
        && (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || type.Contains("json", StringComparison.OrdinalIgnoreCase)
            || type.Contains("xml", StringComparison.OrdinalIgnoreCase)
            || type.Contains("javascript", StringComparison.OrdinalIgnoreCase));

    private static ReadOnlyMemory<byte> Compress(ReadOnlySpan<byte> bytes, string coding)
    {
        using var compressed = new MemoryStream(bytes.Length / 2);
        // Rendered at most once a minute and served thousands of times: worth more than the fastest level.
        using (Stream stream = coding == "br"
            ? new BrotliStream(compressed, new BrotliCompressionOptions { Quality = 5 }, leaveOpen: true)
            : new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return compressed.GetBuffer().AsMemory(0, (int)compressed.Length);
    }
}
