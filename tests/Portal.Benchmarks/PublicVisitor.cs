using System.Net;
using System.Text.RegularExpressions;

namespace Portal.Benchmarks;

/// <summary>Forms of the public: one cookie and its token serve many sendings, from as many networks as one likes.</summary>
/// <remarks>The host must take this machine for its proxy (<see cref="Proxied"/>).</remarks>
internal sealed partial class PublicVisitor : IDisposable
{
    /// <summary>The setting with which the host believes where a request says it comes from.</summary>
    public const string Proxied = "--Portal:KnownProxies:0=127.0.0.1";

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(2) })
    {
        Timeout = TimeSpan.FromSeconds(20),
    };
    private readonly Func<HostProcess> _host;
    private string _cookie = "";
    private string _token = "";
    private int _networks;

    private PublicVisitor(Func<HostProcess> host) => _host = host;

    public string Cookie => _cookie;

    /// <summary>Enters by a page with a form.</summary>
    public static async Task<PublicVisitor> EnterAsync(Func<HostProcess> host, string path, CancellationToken cancellation)
    {
        var visitor = new PublicVisitor(host);
        using var request = visitor.RequestOf(HttpMethod.Get, path);
        using var answer = await visitor._client.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
        visitor._cookie = answer.Headers.GetValues("Set-Cookie").First().Split(';')[0];
        visitor._token = FieldOf(await answer.Content.ReadAsStringAsync(cancellation), "_token");
        return visitor;
    }

    public async Task<(HttpStatusCode Status, string Page)> GetAsync(string path, CancellationToken cancellation)
    {
        using var request = RequestOf(HttpMethod.Get, path);
        return await SendAsync(request, cancellation);
    }

    public async Task<(HttpStatusCode Status, string Page)> PostAsync(
        string path, IEnumerable<(string Name, string Value)> fields, CancellationToken cancellation)
    {
        using var request = RequestOf(HttpMethod.Post, path);
        request.Content = ContentOf(fields);
        return await SendAsync(request, cancellation);
    }

    /// <summary>The form as it goes over the wire.</summary>
    public Task<string> BodyAsync(IEnumerable<(string Name, string Value)> fields) => ContentOf(fields).ReadAsStringAsync();

    /// <summary>The value of a hidden field.</summary>
    public static string FieldOf(string page, string name) =>
        Hidden().Matches(page).FirstOrDefault(match => match.Groups[1].Value == name)?.Groups[2].Value
        ?? throw new BenchmarkException($"A page has no field {name}: {Title().Match(page).Groups[1].Value}");

    /// <summary>What the summary of errors says.</summary>
    public static string FaultOf(string page) =>
        string.Join(' ', Faults().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)));

    public void Dispose() => _client.Dispose();

    private FormUrlEncodedContent ContentOf(IEnumerable<(string Name, string Value)> fields) =>
        new([.. fields.Append(("_token", _token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))]);

    private HttpRequestMessage RequestOf(HttpMethod method, string path)
    {
        var port = _host().Port;
        var request = new HttpRequestMessage(method, new Uri($"http://127.0.0.1:{port}{path}"));
        var network = Interlocked.Increment(ref _networks);
        request.Headers.Host = $"localhost:{port}";
        request.Headers.Add("X-Forwarded-For", $"10.{(network >> 16) & 255}.{(network >> 8) & 255}.{network & 255}");
        if (_cookie.Length > 0)
        {
            request.Headers.Add("Cookie", _cookie);
        }

        return request;
    }

    private async Task<(HttpStatusCode Status, string Page)> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var answer = await _client.SendAsync(request, cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
    }

    [GeneratedRegex("""<input[^>]*? name="([^"]+)" value="([^"]*)" */?>""")]
    private static partial Regex Hidden();

    [GeneratedRegex("""<li><a href="#[^"]*">([^<]+)</a>""")]
    private static partial Regex Faults();

    [GeneratedRegex("<title>([^<]*)</title>")]
    private static partial Regex Title();
}
