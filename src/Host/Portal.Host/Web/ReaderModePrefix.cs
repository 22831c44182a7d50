using Portal.Shared.Web;

namespace Portal.Host.Web;

/// <summary>
/// Moves a leading <c>/~large</c> and its like from the path to the path base. Who writes several of them one after the other
/// means all of them, and is led to the one address that the pages of that mode have.
/// </summary>
internal sealed class ReaderModePrefix(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var rest = request.Path;
        var (mode, count) = (ReaderMode.Plain, 0);
        while (Leading(rest, out var after) is { } more)
        {
            mode = new ReaderMode(mode.LargeText || more.LargeText, mode.HighContrast || more.HighContrast);
            rest = after;
            count++;
        }

        if (count > 1)
        {
            context.Response.Redirect(request.PathBase + mode.Segment + rest.ToUriComponent() + request.QueryString, permanent: true, preserveMethod: true);
            return Task.CompletedTask;
        }

        if (count == 1)
        {
            context.Features.Set(mode);
            request.PathBase = request.PathBase.Add(mode.Segment);
            request.Path = rest;
        }

        return next(context);
    }

    private static ReaderMode? Leading(PathString path, out PathString rest)
    {
        rest = path;
        if (path.Value is not { } value || !value.StartsWith("/~", StringComparison.Ordinal))
        {
            return null;
        }

        var end = value.IndexOf('/', 1);
        rest = end < 0 ? "/" : value[end..];
        return ReaderMode.Parse(end < 0 ? value.AsSpan(1) : value.AsSpan(1, end - 1));
    }
}
