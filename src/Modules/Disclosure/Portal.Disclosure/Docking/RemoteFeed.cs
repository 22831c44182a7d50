using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using Portal.Shared.Messaging;
using Portal.Shared.Outbound;

namespace Portal.Disclosure.Docking;

/// <summary>The other side did not answer as the protocol says.</summary>
internal sealed class FeedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What was read of a page of another system's feed.</summary>
internal sealed record FetchedPage(IReadOnlyList<ReadItem> Items, long Last, long Head, bool HasMore, string Hash);

/// <summary>
/// Reads another system's feed. Nothing is taken for granted: a page that is cut off, shuffled, or not what was asked for
/// is refused as a whole, and the cursor stays where it is.
/// </summary>
internal sealed class RemoteFeed(
    OutboundHttp outbound, RemoteKeys keys, ItemReader reader, TimeProvider clock, IStringLocalizer<DockingText> text)
{
    private const int MostBytes = 64 * 1024 * 1024;

    public async Task<FetchedPage> ChangesAsync(
        DockedSource source, long after, int limit, CancellationToken cancellationToken)
    {
        var body = await AskAsync(
            source, "changes", string.Create(CultureInfo.InvariantCulture, $"&after={after}&limit={limit}"), cancellationToken);
        using var json = Parse(body);
        var root = json.RootElement;
        try
        {
            var items = root.GetProperty("items");
            var (count, head) = (root.GetProperty("count").GetInt32(), root.GetProperty("headSeq").GetInt64());
            var more = root.GetProperty("hasMore").GetBoolean();
            if (root.GetProperty("directory").GetString() != source.RemoteDirectory
                || root.GetProperty("after").GetInt64() != after || items.GetArrayLength() != count || count > limit)
            {
                throw new FeedException(text["Feed.Incomplete"]);
            }

            var last = after;
            List<ReadItem> read = [];
            foreach (var element in items.EnumerateArray())
            {
                var seq = element.GetProperty("seq").GetInt64();
                if (seq <= last || seq > head)
                {
                    throw new FeedException(text["Feed.Order", seq]);
                }

                last = seq;
                read.Add(reader.Read(element, read.Count));
            }

            if ((more && count == 0) || root.GetProperty("next").GetString()
                != string.Create(CultureInfo.InvariantCulture, $"{source.RemoteDirectory}:{last}"))
            {
                throw new FeedException(text["Feed.Incomplete"]);
            }

            return new FetchedPage(read, last, head, more, SignedRequests.HashOf(body));
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FeedException(text["Feed.Malformed"], exception);
        }
    }

    public async Task<IReadOnlyList<ReadItem>> EntriesAsync(
        DockedSource source, IReadOnlyCollection<string> numbers, CancellationToken cancellationToken)
    {
        var body = await AskAsync(
            source, "entries", string.Concat(numbers.Select(number => "&number=" + Uri.EscapeDataString(number))), cancellationToken);
        using var json = Parse(body);
        return json.RootElement.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array
            && json.RootElement.TryGetProperty("count", out var count) && count.TryGetInt32(out var expected)
            && expected == items.GetArrayLength()
            ? [.. items.EnumerateArray().Select(reader.Read)]
            : throw new FeedException(text["Feed.Incomplete"]);
    }

    public async Task<IReadOnlyList<Bucket>> BucketsAsync(DockedSource source, CancellationToken cancellationToken)
    {
        var list = Read<BucketList>(await AskAsync(source, "buckets", "", cancellationToken));
        return list.Directory == source.RemoteDirectory && list.Buckets?.Count == list.Count
            ? list.Buckets
            : throw new FeedException(text["Feed.Incomplete"]);
    }

    public async Task<IReadOnlyList<BucketRecord>> BucketAsync(DockedSource source, int number, CancellationToken cancellationToken)
    {
        var content = Read<BucketContent>(await AskAsync(
            source, "buckets/" + number.ToString(CultureInfo.InvariantCulture), "", cancellationToken));
        return content.Number == number && content.Records?.Count == content.Count
            ? content.Records
            : throw new FeedException(text["Feed.Incomplete"]);
    }

    private async Task<byte[]> AskAsync(
        DockedSource source, string what, string query, CancellationToken cancellationToken)
    {
        var address = new Uri(
            $"{source.FeedAddress!.TrimEnd('/')}/api/docking/v1/{what}?directory={Uri.EscapeDataString(source.RemoteDirectory!)}{query}");
        using var key = keys.Open(source.RemoteKey!);
        var headers = SignedRequests.HeadersOf(
            source.RemoteKeyId!, key, "GET", address.PathAndQuery, clock.GetUtcNow());
        var (status, body) = await outbound.GetAsync(address, headers, MostBytes, cancellationToken);
        return status == HttpStatusCode.OK ? body : throw new FeedException(Words(status, body));
    }

    // What the other side says is the best help there is.
    private string Words(HttpStatusCode status, byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("detail", out var detail) && detail.GetString() is { Length: > 0 and < 400 } words
                ? text["Feed.Refused", (int)status, words]
                : text["Feed.Status", (int)status];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return text["Feed.Status", (int)status];
        }
    }

    private JsonDocument Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException exception)
        {
            throw new FeedException(text["Feed.Malformed"], exception);
        }
    }

    private T Read<T>(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, MessageJson.Options) ?? throw new FeedException(text["Feed.Malformed"]);
        }
        catch (JsonException exception)
        {
            throw new FeedException(text["Feed.Malformed"], exception);
        }
    }
}
