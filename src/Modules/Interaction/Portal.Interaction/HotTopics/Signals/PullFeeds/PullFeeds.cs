using System.Net;
using System.Net.Sockets;
using System.Xml;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Portal.Shared.Outbound;
using Portal.Shared.Text;
using Portal.Shared.Ui;

namespace Portal.Interaction.HotTopics.Signals.PullFeeds;

/// <summary>
/// Asks the feeds that are on for what is new. One that fails says so on its row and holds up no other; one that fails
/// again and again is asked once a day.
/// </summary>
internal sealed partial class PullFeeds(
    InteractionDbContext db, OutboundHttp outbound, SignalWriter writer, TimeProvider clock, IStringLocalizer<SignalText> text,
    ILogger<PullFeeds> logger)
{
    private const int MostBytes = 2 * 1024 * 1024;
    private const int LongestSummary = 300;

    /// <summary>Answers how many signals were raised.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rule = SurgeRules.Of(BeijingTime.Date(now));
        var rested = now.AddDays(-1);
        var ids = await db.SignalFeeds.AsNoTracking()
            .Where(row => row.IsOn && (row.Failures < rule.FeedFailures || row.TriedAt == null || row.TriedAt <= rested))
            .OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
        var raised = 0;
        foreach (var id in ids)
        {
            if (await db.SignalFeeds.SingleOrDefaultAsync(row => row.Id == id && row.IsOn, cancellationToken) is { } feed)
            {
                raised += await PullAsync(feed, rule, cancellationToken);
            }

            db.ChangeTracker.Clear();
        }

        return raised;
    }

    private async Task<int> PullAsync(SignalFeed feed, SurgeRule rule, CancellationToken cancellationToken)
    {
        feed.TriedAt = clock.GetUtcNow();
        List<NoticedSignal> noticed = [];
        try
        {
            var answer = await outbound.FetchAsync(new Uri(feed.Address), Headers(feed), MostBytes, cancellationToken);
            if (answer.Status == HttpStatusCode.OK)
            {
                noticed = [.. FeedReader.Read(answer.Body, rule.FeedItems).Where(item => Concerns(item, feed)).Select(item => Of(item, feed))];
                (feed.EntityTag, feed.LastModified) = (Kept(answer.EntityTag, 200), Kept(answer.LastModified, 100));
            }

            if (answer.Status is HttpStatusCode.OK or HttpStatusCode.NotModified)
            {
                (feed.AnsweredAt, feed.Error, feed.Failures) = (feed.TriedAt, null, 0);
            }
            else
            {
                Failed(feed, text["Feed.Status", (int)answer.Status]);
            }
        }
        catch (Exception exception) when (exception is OutboundException or XmlException or FormatException)
        {
            LogFailed(logger, feed.Address, exception.Message);
            Failed(feed, text[Why(exception, feed)]);
        }

        var raised = await writer.RaiseAsync(noticed, null, cancellationToken);
        if (raised > 0)
        {
            feed.NewAt = feed.TriedAt;
        }

        await db.SaveChangesAsync(cancellationToken);
        return raised;
    }

    private static void Failed(SignalFeed feed, string words)
    {
        feed.Error = words.CutTo(500);
        feed.Failures++;
    }

    // In the words of those who watch the feed; what the machine said is in the log.
    private string Why(Exception exception, SignalFeed feed) => exception switch
    {
        XmlException or FormatException => "Feed.Why.Content",
        { InnerException: OperationCanceledException } => "Feed.Why.Time",
        { InnerException: HttpRequestException { InnerException: OutboundException } } => "Feed.Why.Address",
        { InnerException: HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } } => "Feed.Why.Name",
        { InnerException: HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } } } =>
            "Feed.Why.Name",
        { InnerException: HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } } => "Feed.Why.Secure",
        { InnerException: null } => outbound.MayAsk(new Uri(feed.Address)) ? "Feed.Why.Large" : "Feed.Why.Address",
        _ => "Feed.Why.Connection",
    };

    [LoggerMessage(LogLevel.Warning, "The feed {Address} was not read: {Reason}")]
    private static partial void LogFailed(ILogger logger, string address, string reason);

    private static List<(string Name, string Value)> Headers(SignalFeed feed)
    {
        List<(string Name, string Value)> headers =
            [("Accept", "application/atom+xml, application/rss+xml, application/xml;q=0.9"), ("User-Agent", "portal-feed")];
        if (feed.EntityTag is { } tag)
        {
            headers.Add(("If-None-Match", tag));
        }

        if (feed.LastModified is { } modified)
        {
            headers.Add(("If-Modified-Since", modified));
        }

        return headers;
    }

    private static bool Concerns(FeedItem item, SignalFeed feed) =>
        feed.Words.Length == 0 || feed.Words.Any(word =>
            item.Title.Contains(word, StringComparison.OrdinalIgnoreCase) || item.Summary.Contains(word, StringComparison.OrdinalIgnoreCase));

    // What a feed says of the time is believed as far as it is possible: nothing is noticed before it is there.
    private NoticedSignal Of(FeedItem item, SignalFeed feed) => new(
        feed.SiteId, SignalSource.Feed, SignalWords.Public(item.Title, Signal.LongestTitle),
        new SignalEvidence
        {
            Origin = feed.Name,
            Summary = SignalWords.Public(item.Summary, LongestSummary) is { Length: > 0 } words ? words : null,
            Link = item.Link,
            From = item.At is { } at && at <= clock.GetUtcNow() ? BeijingTime.Date(at) : null,
        },
        SignalWriter.Fingerprint(SignalSource.Feed, item.Id));

    // A tag that was cut is no tag.
    private static string? Kept(string? value, int longest) => value?.Length <= longest ? value : null;
}
