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

    // A page lives for a minute at most. The fastest quality takes a sixth of the time of the fifth (60 µs for 16 KB) and
    // leaves a quarter more; the window of 256 KB holds a whole page.
    private const int BrotliQuality = 1;
    private const int BrotliWindow = 18;

    // Most pages fit: the buffer need not grow.
    private const int UsualPage = 32 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<PublicPageAttribute>() is null)
        {
            await next(context);
            return;
        }

        var started = Stopwatch.GetTimestamp();
        var inner = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var buffer = new MemoryStream(UsualPage);
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
        if (coding == "br")
        {
            var target = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
            return BrotliEncoder.TryCompress(bytes, target, out var written, BrotliQuality, BrotliWindow)
                ? target.AsMemory(0, written)
                : throw new InvalidOperationException("A page did not compress.");
        }

        using var compressed = new MemoryStream(bytes.Length / 2);
        using (var stream = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return compressed.GetBuffer().AsMemory(0, (int)compressed.Length);
    }
}
