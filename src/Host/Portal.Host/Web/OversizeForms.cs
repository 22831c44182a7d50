using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Portal.Host.Web;

/// <summary>
/// Answers a form that is larger than its endpoint takes with 413 in words. Its body runs out unkept first: browsers send it
/// all before they look at an answer, and who is cut off meanwhile sees a broken connection and no page.
/// </summary>
internal sealed class OversizeForms(RequestDelegate next)
{
    private const long MostDrained = 256L * 1024 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        var size = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        var limit = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? size?.MaxRequestBodySize;
        if (!context.Request.HasFormContentType || context.Request.ContentLength is not { } length || length <= limit || limit is null)
        {
            await next(context);
            return;
        }

        if (length <= MostDrained && size is { IsReadOnly: false })
        {
            size.MaxRequestBodySize = MostDrained;
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }

        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    }
}
