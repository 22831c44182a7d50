using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;

namespace Portal.Shared.Web;

/// <summary>
/// The tags of a cached page, named by entity: <c>site:…</c>, <c>channel:…</c>, <c>document:…</c>. What changes evicts
/// its tag; what a page shows, it is tagged with.
/// </summary>
public static class CacheTags
{
    /// <summary>Everything of a site.</summary>
    public static string Site(Guid id) => $"site:{id:N}";

    /// <summary>Lists of a channel.</summary>
    public static string Channel(Guid id) => $"channel:{id:N}";

    /// <summary>One document wherever it shows.</summary>
    public static string Document(Guid id) => $"document:{id:N}";

    /// <summary>Lists of the information directory on a site.</summary>
    public static string Directory(Guid siteId) => $"directory:{siteId:N}";

    /// <summary>One entry of the information directory wherever it shows.</summary>
    public static string DirectoryEntry(Guid id) => $"directory-entry:{id:N}";

    /// <summary>Mailboxes, answered letters and their figures on a site.</summary>
    public static string Letters(Guid siteId) => $"letters:{siteId:N}";

    /// <summary>Lists of consultations, surveys, interviews and error reports on a site.</summary>
    public static string Interaction(Guid siteId) => $"interaction:{siteId:N}";

    /// <summary>One consultation, survey or interview wherever it shows.</summary>
    public static string Activity(Guid id) => $"activity:{id:N}";

    /// <summary>Answered error reports and their figures on a site.</summary>
    public static string ErrorReports(Guid siteId) => $"error-reports:{siteId:N}";

    /// <summary>Whatever answers on a path, also "not found".</summary>
    public static string Path(Guid siteId, string path) => $"path:{siteId:N}:{path}";

    /// <summary>Pages that gather from the whole province.</summary>
    public const string Province = "province";

    /// <summary>Every cached page; evicted when a host may have missed an eviction.</summary>
    public const string All = "all";

    /// <summary>Pages on which days are counted; evicted when a calendar is published.</summary>
    public const string Calendar = "calendar";

    /// <summary>Search results, wherever they were asked for.</summary>
    public const string Search = "search";

    /// <summary>Adds tags to the page being answered.</summary>
    public static void Tag(this HttpContext context, params ReadOnlySpan<string> tags)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Features.Get<IOutputCacheFeature>()?.Context is { } cache)
        {
            foreach (var tag in tags)
            {
                cache.Tags.Add(tag);
            }
        }
    }

    /// <summary>
    /// Makes the page expire no later than <paramref name="at"/>: something scheduled will change it then.
    /// </summary>
    public static void ExpireBy(this HttpContext context, DateTimeOffset at, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(clock);
        if (context.Features.Get<IOutputCacheFeature>()?.Context is not { } cache)
        {
            return;
        }

        var left = at - clock.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            cache.AllowCacheStorage = false;
        }
        else if (left < (cache.ResponseExpirationTimeSpan ?? PublicPageCachePolicy.UpperBound))
        {
            cache.ResponseExpirationTimeSpan = left;
        }
    }
}

/// <summary>Evicts pages, and what pages share, on every host.</summary>
public interface IPageCache
{
    /// <summary>Evicts all pages that carry one of the tags, here at once and on the other hosts by notification.</summary>
    Task EvictAsync(IReadOnlyCollection<string> tags, CancellationToken cancellationToken);

    /// <summary>
    /// What stands on every page of a site, such as its navigation, also on pages that are not cached: read once, and
    /// remembered by this host for half a minute, or until one of the tags is evicted. Keys are few; nobody outside names one.
    /// </summary>
    Task<T> RememberAsync<T>(
        string key, IReadOnlyCollection<string> tags, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class;
}
