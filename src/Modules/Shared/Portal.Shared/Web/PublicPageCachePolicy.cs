using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;

namespace Portal.Shared.Web;

/// <summary>
/// How public pages are cached: by host, path, the declared query keys and the content coding; for at most a minute,
/// which bounds how wrong a page can be even if an eviction is lost (eviction is an optimisation, the bound is the promise).
/// </summary>
public sealed class PublicPageCachePolicy : IOutputCachePolicy
{
    /// <summary>The longest a page may live without being asked again.</summary>
    public static readonly TimeSpan UpperBound = TimeSpan.FromSeconds(60);

    /// <summary>The only instance.</summary>
    public static PublicPageCachePolicy Instance { get; } = new();

    private PublicPageCachePolicy()
    {
    }

    /// <inheritdoc />
    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = context.HttpContext.Request;
        var page = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<PublicPageAttribute>();
        var cacheable = page is not null && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
        context.EnableOutputCaching = cacheable;
        context.AllowCacheLookup = cacheable;
        context.AllowCacheStorage = cacheable;
        context.AllowLocking = true;
        context.Tags.Add(CacheTags.All);
        context.ResponseExpirationTimeSpan = UpperBound;
        // An address without a query needs no look for keys, and has an entry of its own.
        context.CacheVaryByRules.QueryKeys = request.QueryString.HasValue ? page?.Query ?? default : default;
        context.CacheVaryByRules.VaryByHost = true;
        context.CacheVaryByRules.CacheKeyPrefix = ContentCoding.Of(request);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) =>
        ValueTask.CompletedTask;

    /// <inheritdoc />
    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var response = context.HttpContext.Response;
        if (response.Headers.SetCookie.Count > 0
            || response.StatusCode is not (StatusCodes.Status200OK or StatusCodes.Status301MovedPermanently
                or StatusCodes.Status404NotFound or StatusCodes.Status410Gone)
            // The page for an error that has none of its own is added after the cache: the cache would keep an empty answer.
            || response is { StatusCode: >= StatusCodes.Status400BadRequest, ContentType: null })
        {
            context.AllowCacheStorage = false;
        }

        return ValueTask.CompletedTask;
    }
}

/// <summary>The content coding a request gets, reduced to three so that the cache holds at most three variants.</summary>
public static class ContentCoding
{
    /// <summary><c>br</c>, <c>gzip</c> or <c>identity</c>.</summary>
    public static string Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var accepted = request.Headers.AcceptEncoding.ToString();
        return accepted.Contains("br", StringComparison.OrdinalIgnoreCase) ? "br"
            : accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? "gzip"
            : "identity";
    }
}
