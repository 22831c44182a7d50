using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Portal.Testing;

/// <summary>Asks as a browser without JavaScript does: keeps cookies, sends forms, does not follow redirects by itself.</summary>
public sealed class Browser(HttpMessageHandler handler, Uri address) : IDisposable
{
    private readonly HttpClient _client = new(new CookieKeeper(handler)) { BaseAddress = address };

    /// <summary>The site's address.</summary>
    public Uri Address { get; } = address;

    /// <summary>GET, with optional headers.</summary>
    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Get, path, null, headers);

    /// <summary>HEAD.</summary>
    public Task<Answer> Head(string path, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Head, path, null, headers);

    /// <summary>GET that follows redirects of the same site.</summary>
    public async Task<Answer> Visit(string path)
    {
        var answer = await Get(path);
        for (var hops = 0; hops < 5 && answer.Location is { } next; hops++)
        {
            answer = await Get(next);
        }

        return answer;
    }

    /// <summary>
    /// Sends a form as its page would: takes the antiforgery token from the page <paramref name="from"/> (by default the
    /// page at <paramref name="path"/>, else the first console page that answers).
    /// </summary>
    public async Task<Answer> Post(string path, Dictionary<string, string> form, string? from = null)
    {
        ArgumentNullException.ThrowIfNull(form);
        var page = await Get(from ?? path);
        var token = page.Token;
        for (var hops = 0; token is null && page.Location is { } next && hops < 3; hops++)
        {
            page = await Get(next);
            token = page.Token;
        }

        token ??= (await Get("/console/account/password")).Token
            ?? throw new InvalidOperationException($"No page with an antiforgery token was found for {path}.");
        return await PostRaw(path, new Dictionary<string, string>(form) { ["_token"] = token });
    }

    /// <summary>Sends a form exactly as given, without a token unless it has one.</summary>
    public Task<Answer> PostRaw(string path, IEnumerable<KeyValuePair<string, string>> form) =>
        Send(HttpMethod.Post, path, new FormUrlEncodedContent(form), []);

    /// <summary>Sends any content; the token travels in a header.</summary>
    public async Task<Answer> PostContent(
        string path, HttpContent content, string from, params (string Name, string Value)[] headers)
    {
        var token = (await Get(from)).Token ?? throw new InvalidOperationException($"{from} holds no antiforgery token.");
        return await Send(HttpMethod.Post, path, content, [("X-Portal-Token", token), .. headers]);
    }

    /// <summary>Sends any content exactly as given.</summary>
    public Task<Answer> SendContent(string path, HttpContent content) => Send(HttpMethod.Post, path, content, []);

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    /// <summary>Any request, exactly as given; a Cookie header here replaces the kept cookies.</summary>
    public async Task<Answer> Send(
        HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        // The request belongs to what the test observes: see QueryCount.
        if (Activity.Current is { } observed)
        {
            request.Headers.TryAddWithoutValidation("traceparent", observed.Id);
        }

        using var response = await _client.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsByteArrayAsync());
    }

    private sealed class CookieKeeper(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly CookieContainer _cookies = new();

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // The container knows no host without a dot but with a port; the tests' hosts are localhost and *.localhost.
            var address = new UriBuilder(request.RequestUri!) { Scheme = "https", Port = 443 }.Uri;
            if (!request.Headers.Contains("Cookie") && _cookies.GetCookieHeader(address) is { Length: > 0 } header)
            {
                request.Headers.Add("Cookie", header);
            }

            var response = await base.SendAsync(request, cancellationToken);
            foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                _cookies.SetCookies(address, cookie);
            }

            return response;
        }
    }
}

/// <summary>An answer, read whole.</summary>
public sealed class Answer
{
    private static readonly HtmlParser Parser = new();

    internal Answer(HttpResponseMessage response, byte[] bytes)
    {
        Status = response.StatusCode;
        Headers = response.Headers;
        ContentHeaders = response.Content.Headers;
        Bytes = bytes;
        // The headers outlive the message; nothing else of it does.
    }

    /// <summary>The status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>General headers.</summary>
    public HttpResponseHeaders Headers { get; }

    /// <summary>Headers of the content.</summary>
    public HttpContentHeaders ContentHeaders { get; }

    /// <summary>The body.</summary>
    public byte[] Bytes { get; }

    /// <summary>The body as text.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    /// <summary>The body as a page.</summary>
    public IHtmlDocument Document => field ??= Parser.ParseDocument(Text);

    /// <summary>Where a redirect leads, as path and query.</summary>
    public string? Location => Headers.Location is { } to ? to.IsAbsoluteUri ? to.PathAndQuery : to.OriginalString : null;

    /// <summary>The antiforgery token of the page's first form.</summary>
    public string? Token => Document.QuerySelector("input[name=_token]")?.GetAttribute("value");

    /// <summary>One header, wherever it stands.</summary>
    public string? Header(string name) =>
        Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    /// <summary>The messages of the error summary.</summary>
    public IReadOnlyList<string> Errors =>
        [.. Document.QuerySelectorAll(".govuk-error-summary__list li").Select(line => line.TextContent.Trim())];
}
