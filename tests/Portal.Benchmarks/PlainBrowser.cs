using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Portal.Benchmarks;

/// <summary>A member of staff of the demo at the console, as a browser without JavaScript: cookies, tokens, forms.</summary>
internal sealed class PlainBrowser : IDisposable
{
    private static readonly HtmlParser Parser = new();

    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);
    private readonly HttpClient _client;

    private PlainBrowser(HostProcess host)
    {
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{host.Port}"),
        };
        _client.DefaultRequestHeaders.Host = $"localhost:{host.Port}";
    }

    public static async Task<PlainBrowser> SignInAsync(
        HostProcess host, string userName, string password, CancellationToken cancellation)
    {
        var browser = new PlainBrowser(host);
        await browser.SubmitAsync(
            "/console/sign-in", "/console/sign-in", cancellation, ("UserName", userName), ("Password", password));
        return browser;
    }

    public void Dispose() => _client.Dispose();

    public async Task<IHtmlDocument> GetAsync(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await SendAsync(request, cancellation);
        return response.StatusCode == HttpStatusCode.OK
            ? Parser.ParseDocument(await response.Content.ReadAsStringAsync(cancellation))
            : throw new BenchmarkException($"{path} answered {(int)response.StatusCode}.");
    }

    /// <summary>Sends the form with the token of the page it stands on; answers where the browser is led.</summary>
    public async Task<string> SubmitAsync(
        string path, string from, CancellationToken cancellation, params (string Name, string Value)[] fields)
    {
        var page = await GetAsync(from, cancellation);
        return await SubmitAsync(path, page, cancellation, fields);
    }

    /// <summary>The same from a page that was read before.</summary>
    public async Task<string> SubmitAsync(
        string path, IHtmlDocument page, CancellationToken cancellation, params (string Name, string Value)[] fields)
    {
        var token = page.QuerySelector("input[name=_token]")?.GetAttribute("value")
            ?? throw new BenchmarkException($"The page before {path} has no form.");
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(
                [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("_token", token)]),
        };
        using var response = await SendAsync(request, cancellation);
        return (int)response.StatusCode is 302 or 303
            ? response.Headers.Location!.OriginalString
            : throw new BenchmarkException(
                $"{path} answered {(int)response.StatusCode}: " + Parser.ParseDocument(
                    await response.Content.ReadAsStringAsync(cancellation)).QuerySelector("main")?.TextContent);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        request.Headers.TryAddWithoutValidation(
            "Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var response = await _client.SendAsync(request, cancellation);
        foreach (var set in response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [])
        {
            var pair = set.Split(';')[0].Split('=', 2);
            _cookies[pair[0]] = pair[1];
        }

        return response;
    }
}
