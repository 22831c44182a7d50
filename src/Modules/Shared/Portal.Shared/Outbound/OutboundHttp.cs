using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Portal.Shared.Outbound;

/// <summary>The other side must not be asked, or has not answered with what was asked for; the words are for operators.</summary>
public sealed class OutboundException : Exception
{
    /// <summary>Without words.</summary>
    public OutboundException()
    {
    }

    /// <summary>With words.</summary>
    public OutboundException(string message)
        : base(message)
    {
    }

    /// <summary>With words and cause.</summary>
    public OutboundException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>What the other side answered.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body.</param>
/// <param name="EntityTag">Its <c>ETag</c>, to be given back in <c>If-None-Match</c>.</param>
/// <param name="LastModified">Its <c>Last-Modified</c>, to be given back in <c>If-Modified-Since</c>.</param>
public sealed record OutboundAnswer(HttpStatusCode Status, byte[] Body, string? EntityTag, string? LastModified);

/// <summary>
/// The only way out of the platform over HTTP. The name is resolved once, every address that it has is checked, and the
/// connection goes to a checked one, so that no name leads inside (threat 11). No redirects, no proxy, bounded in size and
/// time. <c>Portal:Outbound:Allow</c> lists <c>host:port</c> of systems on the government network, which may be private
/// addresses and plain HTTP.
/// </summary>
public sealed class OutboundHttp : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HashSet<string> _allowed;
    private readonly HttpClient _client;
    private readonly TimeProvider _clock;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;

    /// <summary>Reads the list of allowed hosts.</summary>
    public OutboundHttp(IConfiguration configuration, TimeProvider clock)
        : this(configuration, clock, Dns.GetHostAddressesAsync)
    {
    }

    /// <summary>With names resolved by <paramref name="resolve"/>.</summary>
    public OutboundHttp(
        IConfiguration configuration, TimeProvider clock, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(resolve);
        (_clock, _resolve) = (clock, resolve);
        _allowed = new HashSet<string>(
            configuration.GetSection("Portal:Outbound:Allow").GetChildren().Select(child => child.Value ?? ""),
            StringComparer.OrdinalIgnoreCase);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = 32,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = ConnectAsync,
        })
        {
            // The time limit covers the body as well, and so is not this one, which ends with the headers.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>May the address be asked at all? Names are checked once more when they are resolved.</summary>
    public bool MayAsk(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address is { IsAbsoluteUri: true, UserInfo: "" }
            && (_allowed.Contains($"{address.IdnHost}:{address.Port}")
                ? address.Scheme is "https" or "http"
                : address is { Scheme: "https", Port: 443 }
                    && (!IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var literal) || IsPublic(literal)));
    }

    /// <summary>Asks, and reads the answer to its end or to <paramref name="maximum"/> bytes.</summary>
    /// <returns>The status and the body.</returns>
    /// <exception cref="OutboundException">It may not be asked, did not answer, or answered too much.</exception>
    public async Task<(HttpStatusCode Status, byte[] Body)> GetAsync(
        Uri address, IReadOnlyList<(string Name, string Value)> headers, int maximum, CancellationToken cancellationToken)
    {
        var answer = await FetchAsync(address, headers, maximum, cancellationToken);
        return (answer.Status, answer.Body);
    }

    /// <summary>Asks as <see cref="GetAsync"/> does, and answers what is needed to ask again only for what is new.</summary>
    /// <exception cref="OutboundException">It may not be asked, did not answer, or answered too much.</exception>
    public async Task<OutboundAnswer> FetchAsync(
        Uri address, IReadOnlyList<(string Name, string Value)> headers, int maximum, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (!MayAsk(address))
        {
            throw new OutboundException($"{address} is not an address that may be asked.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var patience = new CancellationTokenSource(Patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return new OutboundAnswer(
                answer.StatusCode, await ReadAsync(answer, maximum, either.Token), answer.Headers.ETag?.ToString(),
                answer.Content.Headers.LastModified?.ToString("R", CultureInfo.InvariantCulture));
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OutboundException($"{address.Authority} did not answer within {Patience.TotalSeconds:0} seconds.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new OutboundException($"{address.Authority}: {exception.Message}", exception);
        }
    }

    /// <summary>Is the address one of the open Internet?</summary>
    public static bool IsPublic(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? bytes switch
            {
                [0 or 10 or 127, ..] => false,
                [100, >= 64 and <= 127, ..] => false,
                [169, 254, ..] => false,
                [172, >= 16 and <= 31, ..] => false,
                [192, 0, 0 or 2, _] => false,
                [192, 88, 99, _] => false,
                [192, 168, ..] => false,
                [198, 18 or 19, ..] => false,
                [198, 51, 100, _] => false,
                [203, 0, 113, _] => false,
                [>= 224, ..] => false,
                _ => true,
            }
            // Only global unicast, without the tunnels that carry an IPv4 address inside and the addresses of examples.
            : bytes is [>= 0x20 and <= 0x3f, ..] and not [0x20, 0x01, 0x00 or 0x0d, ..] and not [0x20, 0x02, ..]
                and not [0x3f, 0xff, ..];
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var point = context.DnsEndPoint;
        var addresses = await _resolve(point.Host, cancellationToken);
        if (!_allowed.Contains($"{point.Host}:{point.Port}") && (addresses.Length == 0 || !Array.TrueForAll(addresses, IsPublic)))
        {
            throw new OutboundException($"{point.Host} leads to an address that is not public.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, point.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<byte[]> ReadAsync(
        HttpResponseMessage answer, int maximum, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentLength > maximum)
        {
            throw new OutboundException($"The answer is longer than {maximum} bytes.");
        }

        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > maximum)
            {
                throw new OutboundException($"The answer is longer than {maximum} bytes.");
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
