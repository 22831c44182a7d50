using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Portal.Shared.Outbound;

namespace Portal.Host.Tests.Outbound;

/// <summary>The one way out over HTTP leads nowhere inside, and comes to an end.</summary>
public sealed class OutboundHttpTests
{
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.7")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::7f00:1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:20::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("3fff::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void An_address_inside_is_not_public(string address) => Assert.False(OutboundHttp.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("192.0.1.1")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.1")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("2400:3200::1")]
    [InlineData("2606:4700::1111")]
    public void An_address_of_the_open_Internet_is(string address) => Assert.True(OutboundHttp.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://city.example/", true)]
    [InlineData("https://city.example:443/", true)]
    [InlineData("https://1.1.1.1/", true)]
    [InlineData("http://city.example/", false)]
    [InlineData("https://city.example:8443/", false)]
    [InlineData("ftp://city.example/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("gopher://city.example/", false)]
    [InlineData("https://user:password@city.example/", false)]
    [InlineData("https://127.0.0.1/", false)]
    [InlineData("https://2130706433/", false)]
    [InlineData("https://0x7f000001/", false)]
    [InlineData("https://0177.0.0.1/", false)]
    [InlineData("https://127.1/", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://[::ffff:127.0.0.1]/", false)]
    [InlineData("https://[fe80::1%25eth0]/", false)]
    [InlineData("https://169.254.169.254/latest/meta-data/", false)]
    [InlineData("http://inside.test:8080/feed", true)]
    [InlineData("https://inside.test:8080/feed", true)]
    [InlineData("http://INSIDE.test:8080/feed", true)]
    [InlineData("http://inside.test:8081/feed", false)]
    [InlineData("http://inside.test.evil.example:8080/", false)]
    [InlineData("http://user@inside.test:8080/", false)]
    public void Scheme_port_and_host_decide_whether_it_may_be_asked_at_all(string address, bool may)
    {
        using var http = Http("inside.test:8080");
        Assert.Equal(may, http.MayAsk(new Uri(address)));
    }

    [Theory]
    [InlineData("10.0.0.7")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:192.168.1.1")]
    [InlineData("1.1.1.1", "10.0.0.7")]
    [InlineData("10.0.0.7", "1.1.1.1")]
    [InlineData]
    public async Task A_name_that_leads_inside_with_any_of_its_addresses_is_not_asked(params string[] addresses)
    {
        using var http = new OutboundHttp(
            Configuration(), _clock, (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()));
        var refused = await Assert.ThrowsAsync<OutboundException>(
            () => http.GetAsync(new Uri("https://rebound.example/"), [], 1000, Cancelled));
        Assert.Contains("rebound.example", refused.Message);
    }

    [Fact]
    public async Task A_name_is_resolved_once_and_what_was_checked_is_where_the_connection_goes()
    {
        // Rebinding: public when it is looked at, private a moment later.
        using var inside = new Listener(_ => "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret"u8.ToArray());
        List<string> asked = [];
        using var http = new OutboundHttp(Configuration($"rebound.test:{inside.Port}"), _clock, (name, _) =>
        {
            asked.Add(name);
            return Task.FromResult<IPAddress[]>(asked.Count == 1 ? [IPAddress.Loopback] : [IPAddress.Parse("192.0.2.1")]);
        });
        var (status, _) = await http.GetAsync(new Uri($"http://rebound.test:{inside.Port}/"), [], 1000, Cancelled);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["rebound.test"], asked);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/secret")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/elsewhere")]
    public async Task A_redirect_is_an_answer_and_not_a_way(string location)
    {
        using var server = new Listener(_ => Encoding.ASCII.GetBytes($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"));
        using var http = Http($"localhost:{server.Port}");
        var (status, body) = await http.GetAsync(new Uri($"http://localhost:{server.Port}/"), [], 1000, Cancelled);
        Assert.Equal((HttpStatusCode.Redirect, 0), (status, body.Length));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task The_request_carries_the_headers_that_were_given_and_no_cookie()
    {
        using var server = new Listener(_ => "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 2\r\n\r\nok"u8.ToArray());
        using var http = Http($"localhost:{server.Port}");
        var address = new Uri($"http://localhost:{server.Port}/feed?after=1");
        await http.GetAsync(address, [("X-Docking-Key", "dk-1")], 1000, Cancelled);
        var (_, body) = await http.GetAsync(address, [("X-Docking-Key", "dk-1")], 1000, Cancelled);
        Assert.Equal("ok", Encoding.ASCII.GetString(body));
        Assert.Contains("GET /feed?after=1 HTTP/1.1", server.Last);
        Assert.Contains("X-Docking-Key: dk-1", server.Last);
        Assert.DoesNotContain("Cookie", server.Last);
    }

    [Theory]
    [InlineData("Content-Length: 1001\r\n\r\n")]
    [InlineData("Connection: close\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3e9\r\n")]
    public async Task An_answer_that_is_too_long_is_refused_whether_it_says_so_or_not(string head)
    {
        using var server = new Listener(_ => Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\n" + head + new string('x', 1001) + (head.Contains("chunked", StringComparison.Ordinal) ? "\r\n0\r\n\r\n" : "")));
        using var http = Http($"localhost:{server.Port}");
        var refused = await Assert.ThrowsAsync<OutboundException>(
            () => http.GetAsync(new Uri($"http://localhost:{server.Port}/"), [], 1000, Cancelled));
        Assert.Contains("longer than 1000 bytes", refused.Message);
        var (_, body) = await http.GetAsync(new Uri($"http://localhost:{server.Port}/"), [], 1001, Cancelled);
        Assert.Equal(1001, body.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun")]
    public async Task Who_answers_slowly_or_never_ends_is_left_after_half_a_minute(string begun)
    {
        // The listener sends what it has and then nothing, and keeps the connection.
        using var server = new Listener(_ => Encoding.ASCII.GetBytes(begun), stays: true);
        using var http = Http($"localhost:{server.Port}");
        var asking = http.GetAsync(new Uri($"http://localhost:{server.Port}/"), [], 1000, Cancelled);
        await server.Sent.WaitAsync(Cancelled);
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(asking.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(2));
        var left = await Assert.ThrowsAsync<OutboundException>(() => asking);
        Assert.Contains("30 seconds", left.Message);
    }

    [Fact]
    public async Task Who_stops_waiting_is_told_so_and_not_that_the_other_side_failed()
    {
        using var server = new Listener(_ => [], stays: true);
        using var http = Http($"localhost:{server.Port}");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var asking = http.GetAsync(new Uri($"http://localhost:{server.Port}/"), [], 1000, stop.Token);
        await server.Sent.WaitAsync(Cancelled);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_an_error_in_words()
    {
        using var server = new Listener(_ => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun"u8.ToArray());
        using var http = Http($"localhost:{server.Port}");
        var broken = await Assert.ThrowsAsync<OutboundException>(
            () => http.GetAsync(new Uri($"http://localhost:{server.Port}/"), [], 1000, Cancelled));
        Assert.StartsWith($"localhost:{server.Port}", broken.Message, StringComparison.Ordinal);
    }

    private OutboundHttp Http(params string[] allowed) => new(Configuration(allowed), _clock);

    private static IConfiguration Configuration(params string[] allowed) => new ConfigurationBuilder()
        .AddInMemoryCollection(allowed.Select((host, i) => KeyValuePair.Create($"Portal:Outbound:Allow:{i}", (string?)host)))
        .Build();

    /// <summary>Answers each request with bytes as they are.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Func<string, byte[]> _answer;
        private readonly bool _stays;
        private int _requests;

        public Listener(Func<string, byte[]> answer, bool stays = false)
        {
            (_answer, _stays) = (answer, stays);
            _listener.Start();
            _ = ServeAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public int Requests => _requests;

        public string Last { get; private set; } = "";

        /// <summary>A request has come and got what there is for it.</summary>
        public Task Sent => _sent.Task;

        public void Dispose()
        {
            _stop.Cancel();
            _listener.Dispose();
            _stop.Dispose();
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private async Task AnswerAsync(TcpClient client)
        {
            using (client)
            {
                try
                {
                    var stream = client.GetStream();
                    var head = new StringBuilder();
                    var buffer = new byte[4096];
                    while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
                    {
                        var read = await stream.ReadAsync(buffer, _stop.Token);
                        if (read == 0)
                        {
                            return;
                        }

                        head.Append(Encoding.ASCII.GetString(buffer, 0, read));
                    }

                    Last = head.ToString();
                    Interlocked.Increment(ref _requests);
                    await stream.WriteAsync(_answer(Last), _stop.Token);
                    _sent.TrySetResult();
                    if (_stays)
                    {
                        await Task.Delay(Timeout.Infinite, _stop.Token);
                    }
                }
                catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
                {
                    // The other side has gone, or the test is over.
                }
            }
        }
    }
}
