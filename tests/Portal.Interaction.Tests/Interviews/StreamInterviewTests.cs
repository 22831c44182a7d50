using System.Globalization;
using System.Net;
using Portal.Interaction.Interviews;
using Portal.Testing;

namespace Portal.Interaction.Tests.Interviews;

/// <summary>A studio on a real socket; few may watch from one network.</summary>
public sealed class OnAir : Studio
{
    protected override bool Kestrel => true;
}

/// <summary>A second host on the same database.</summary>
internal sealed class SecondHost(PortalHost first) : PortalHost
{
    protected override bool Kestrel => true;

    protected override PortalHost? Beside => first;
}

/// <summary>Server-Sent Events over a real connection: in order, resumed, equal on every host, closed with it.</summary>
public sealed class StreamInterviewTests(OnAir studio) : IClassFixture<OnAir>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_is_said_reaches_everybody_in_order_and_whoever_comes_back_gets_the_rest()
    {
        var id = await studio.Driven(InterviewState.Live);
        var key = (await studio.Find(id)).Key;
        using var stream = await Open(studio, key, null);
        Assert.Equal("text/event-stream", stream.Answer.Content.Headers.ContentType!.MediaType);
        Assert.Empty(stream.Answer.Content.Headers.ContentEncoding);
        Assert.True(stream.Answer.Headers.CacheControl!.NoStore);
        await studio.Say(id, "host", "第一句。");
        await studio.Say(id, "guest-1", "第二句。");
        await studio.Say(id, "guest-1", "第二句，已经改正。", replaces: 2);
        var told = await stream.Until("已经改正");
        Assert.Equal(["utterance", "utterance", "correction"], told.Where(line => line.Event is not "state").Select(line => line.Event));
        Assert.Equal(Enumerable.Range(1, told.Count).Select(number => (long)number), told.Select(line => line.Id));

        // The connection was lost after the first sentence.
        var first = told.First(line => line.Event == "utterance").Id;
        using var again = await Open(studio, key, first);
        List<Told> rest = [.. await again.Until("已经改正"), (await again.Next())!];
        Assert.Equal(told.Where(line => line.Id > first).Select(line => (line.Id, line.Event)), rest.Select(line => (line.Id, line.Event)));
        // What was taken out is told to nobody any more: the line keeps its number, with the words that hold.
        Assert.Equal(2, rest.Count(line => line.Data.Contains("第二句，已经改正。", StringComparison.Ordinal)));
        Assert.DoesNotContain(rest, line => line.Data.Contains("第二句。", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_corrected_while_a_visitor_was_slow_is_told_with_its_corrected_words_only()
    {
        var room = new LiveRoom(Guid.CreateVersion7());
        room.Filled.SetResult();
        var seat = room.Enter("network", 0);
        room.Add(new LiveSignal(1, "Utterance", "错的", false, 1));
        room.Add(new LiveSignal(2, "Utterance", "别的", false, 2));
        room.Add(new LiveSignal(3, "Correction", "对的", false, 1));
        room.Exit(seat);
        seat.Close();
        List<string> written = [];
        await foreach (var signal in seat.Coming.ReadAllAsync(CancellationToken.None))
        {
            written.Add(seat.Now(signal).Data);
        }

        Assert.Equal(["对的", "别的", "对的"], written);
    }

    [Fact]
    public async Task No_number_of_a_person_goes_on_air_whoever_types_it()
    {
        var id = await studio.Driven(InterviewState.Live);
        var key = (await studio.Find(id)).Key;
        using var stream = await Open(studio, key, null);
        await studio.Say(id, "host", $"这位网友的身份证号码是{Studio.IdNumber}，电话13912345678，请核对。");
        var told = await stream.Until("请核对");
        foreach (var number in new[] { Studio.IdNumber, Studio.IdNumber[^4..], "13912345678", "5678" })
        {
            Assert.DoesNotContain(told, line => line.Data.Contains(number, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Two_hosts_tell_the_same_and_one_that_stops_lets_its_visitors_go()
    {
        var id = await studio.Driven(InterviewState.Live);
        var key = (await studio.Find(id)).Key;
        var other = new SecondHost(studio);
        await other.InitializeAsync();
        using var here = await Open(studio, key, null);
        using var there = await Open(other, key, null);
        await studio.Say(id, "host", "两台主机都能看到。");
        Assert.Equal(await here.Until("两台主机"), await there.Until("两台主机"));
        var stopping = other.DisposeAsync().AsTask();
        // The stream ends by itself, well before the host would have to break it.
        Assert.Null(await there.Next());
        await stopping.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_end_closes_the_stream_and_nobody_is_called_back()
    {
        var id = await studio.Driven(InterviewState.Live);
        var key = (await studio.Find(id)).Key;
        using var stream = await Open(studio, key, null);
        await studio.Say(id, "host", "今天就到这里。");
        await studio.Take(id, InterviewTrigger.End);
        var told = await stream.Until("\"over\":true");
        Assert.Equal("state", told[^1].Event);
        Assert.Null(await stream.Next());
        using var client = new HttpClient { Timeout = Patience };
        foreach (var (talk, status) in new[] { (key, HttpStatusCode.NoContent), ("no-such-talk", HttpStatusCode.NotFound) })
        {
            using var request = Asking(studio, talk);
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Whoever_reads_too_slowly_loses_the_seat_and_not_a_line()
    {
        var id = Guid.CreateVersion7();
        var room = new LiveRoom(id);
        room.Filled.SetResult();
        var seat = room.Enter("network", 0);
        for (var number = 1; number <= InterviewBroadcast.Room + 1; number++)
        {
            room.Add(new LiveSignal(number, "Utterance", number.ToString(CultureInfo.InvariantCulture), false));
        }

        List<long> read = [];
        await foreach (var signal in seat.Coming.ReadAllAsync(CancellationToken.None))
        {
            read.Add(signal.Sequence);
        }

        Assert.Equal(InterviewBroadcast.Room, read.Count);
        var back = room.Enter("network", read[^1]);
        Assert.Equal([InterviewBroadcast.Room + 1], back.Before.Select(signal => signal.Sequence));
    }

    [Fact]
    public async Task A_host_that_is_full_says_so_and_has_room_again()
    {
        var id = await studio.Driven(InterviewState.Live);
        var broadcast = (InterviewBroadcast)studio.Services.GetService(typeof(InterviewBroadcast))!;
        var limits = new InterviewSettings { StreamsPerNetwork = 2, StreamsPerHost = 1000 };
        var (one, two) = (await Sit("a"), await Sit("a"));
        Assert.NotNull(one);
        Assert.NotNull(two);
        Assert.Null(await Sit("a"));
        var other = await Sit("b");
        Assert.NotNull(other);
        broadcast.Leave(one!);
        var again = await Sit("a");
        Assert.NotNull(again);
        foreach (var seat in new[] { two!, other!, again! })
        {
            broadcast.Leave(seat);
        }

        Task<LiveSeat?> Sit(string network) => broadcast.SitAsync(id, 0, network, limits, CancellationToken.None);
    }

    private static async Task<EventReader> Open(PortalHost host, string key, long? last)
    {
        var client = new HttpClient { Timeout = Patience };
        using var request = Asking(host, key);
        request.Headers.AcceptEncoding.ParseAdd("br, gzip");
        if (last is { } id)
        {
            request.Headers.Add("Last-Event-ID", id.ToString(CultureInfo.InvariantCulture));
        }

        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new EventReader(client, answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
    }

    // Not every machine knows the names below localhost.
    private static HttpRequestMessage Asking(PortalHost host, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, $"/interviews/{key}/events"));
        request.Headers.Host = $"{Studio.SiteKey}.localhost:{host.Address.Port}";
        return request;
    }

    private sealed record Told(long Id, string Event, string Data);

    private sealed class EventReader(HttpClient client, HttpResponseMessage answer, StreamReader reader) : IDisposable
    {
        public HttpResponseMessage Answer => answer;

        /// <summary>The next event; null at the end of the stream.</summary>
        public async Task<Told?> Next()
        {
            using var patience = new CancellationTokenSource(Patience);
            var (id, name) = (0L, "");
            while (await reader.ReadLineAsync(patience.Token) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                {
                    id = long.Parse(line[4..], CultureInfo.InvariantCulture);
                }
                else if (line.StartsWith("event: ", StringComparison.Ordinal))
                {
                    name = line[7..];
                }
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    return new Told(id, name, line[6..]);
                }
            }

            return null;
        }

        /// <summary>Events up to the one that holds these words.</summary>
        public async Task<List<Told>> Until(string words)
        {
            List<Told> told = [];
            while (await Next() is { } next)
            {
                told.Add(next);
                if (next.Data.Contains(words, StringComparison.Ordinal))
                {
                    return told;
                }
            }

            throw new InvalidOperationException($"The stream ended without {words}.");
        }

        public void Dispose()
        {
            reader.Dispose();
            answer.Dispose();
            client.Dispose();
        }
    }
}
