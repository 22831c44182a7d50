using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.OutputCaching;
using Npgsql;
using Portal.Shared.Modules;
using Portal.Shared.Web;

namespace Portal.Host.Web;

/// <summary>Evicts here at once, and on the other hosts through a notification of the database.</summary>
internal sealed class PageCache(IOutputCacheStore store, ModuleRegistry modules, ModuleDataSources sources) : IPageCache
{
    /// <summary>Evictions are told on this channel as <c>sender tag tag …</c>.</summary>
    public const string Channel = "portal_cache";

    // A notification carries less than 8000 bytes; a tag has at most some hundred.
    private const int TagsInOneMessage = 40;

    // Longer than any request may run.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);
    private const int MostRemembered = 10_000;

    // Shorter than the memory of evictions.
    private static readonly TimeSpan Shared = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, long> _evictedAt = new();
    private readonly ConcurrentDictionary<string, (object Value, long ReadAt)> _shared = new();
    private readonly string _self = Guid.CreateVersion7().ToString("N");

    public async Task EvictAsync(IReadOnlyCollection<string> tags, CancellationToken cancellationToken)
    {
        await EvictHereAsync(tags, cancellationToken);
        foreach (var chunk in tags.Chunk(TagsInOneMessage))
        {
            await using var command = sources.For(modules.All[0]).CreateCommand("select pg_notify($1, $2)");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Channel });
            command.Parameters.Add(new NpgsqlParameter<string>
            {
                TypedValue = _self + " " + string.Join(' ', chunk.Select(Uri.EscapeDataString)),
            });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public async Task<T> RememberAsync<T>(
        string key, IReadOnlyCollection<string> tags, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        var now = Stopwatch.GetTimestamp();
        if (_shared.TryGetValue(key, out var known) && Stopwatch.GetElapsedTime(known.ReadAt, now) < Shared
            && !EvictedSince([.. tags, CacheTags.All], known.ReadAt))
        {
            return (T)known.Value;
        }

        // An eviction while it is read is later than this, and holds.
        var value = await read(cancellationToken);
        _shared[key] = (value, now);
        return value;
    }

    /// <summary>Takes what another host told.</summary>
    public Task HearAsync(string payload, CancellationToken cancellationToken)
    {
        var words = payload.Split(' ');
        return words[0] == _self
            ? Task.CompletedTask
            : EvictHereAsync([.. words.Skip(1).Select(Uri.UnescapeDataString)], cancellationToken);
    }

    /// <summary>Evicts all pages of this host: it may have missed something.</summary>
    public Task EvictAllHereAsync(CancellationToken cancellationToken) =>
        EvictHereAsync([CacheTags.All], cancellationToken);

    /// <summary>
    /// Was one of these tags evicted after <paramref name="since"/> (a timestamp of <see cref="Stopwatch"/>)? A page that
    /// was read before and would be stored after an eviction shows what is no longer so.
    /// </summary>
    public bool EvictedSince(IEnumerable<string> tags, long since) =>
        !_evictedAt.IsEmpty && tags.Any(tag => _evictedAt.TryGetValue(tag, out var at) && at >= since);

    /// <summary>Evicts the pages of this host that carry one of the tags.</summary>
    public async Task EvictHereAsync(IReadOnlyCollection<string> tags, CancellationToken cancellationToken)
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var tag in tags)
        {
            _evictedAt[tag] = now;
        }

        if (_evictedAt.Count > MostRemembered)
        {
            foreach (var old in _evictedAt.Where(entry => Stopwatch.GetElapsedTime(entry.Value, now) > Memory))
            {
                _evictedAt.TryRemove(old);
            }
        }

        foreach (var tag in tags)
        {
            await store.EvictByTagAsync(tag, cancellationToken);
        }
    }
}
