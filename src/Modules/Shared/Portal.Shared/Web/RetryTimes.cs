using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Portal.Shared.Web;

/// <summary>Says to programs when it is worth trying again, as the page says it to people.</summary>
public static class RetryTimes
{
    /// <summary>Sets <c>Retry-After</c>: whole seconds until <paramref name="at"/>, never less than one.</summary>
    public static void RetryAt(this HttpResponse response, DateTimeOffset at, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(clock);
        var seconds = Math.Max(1, (int)Math.Ceiling((at - clock.GetUtcNow()).TotalSeconds));
        response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
    }
}
