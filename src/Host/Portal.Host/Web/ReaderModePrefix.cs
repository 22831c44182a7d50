using Portal.Shared.Web;

namespace Portal.Host.Web;

/// <summary>Moves a leading <c>/~large</c> and its like from the path to the path base.</summary>
internal sealed class ReaderModePrefix(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.Value is { } path && path.StartsWith("/~", StringComparison.Ordinal))
        {
            var end = path.IndexOf('/', 1);
            var segment = end < 0 ? path : path[..end];
            if (ReaderMode.Parse(segment.AsSpan(1)) is { } mode)
            {
                context.Features.Set(mode);
                context.Request.PathBase = context.Request.PathBase.Add(segment);
                context.Request.Path = end < 0 ? "/" : path[end..];
            }
        }

        return next(context);
    }
}
