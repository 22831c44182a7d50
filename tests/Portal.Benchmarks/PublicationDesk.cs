using System.Diagnostics;
using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;

namespace Portal.Benchmarks;

/// <summary>
/// Writes documents and takes them through the three reviews by the forms that staff use, and looks at the public site
/// from the moment the releaser sends the third opinion.
/// </summary>
internal sealed class PublicationDesk : IDisposable
{
    private readonly PlainBrowser _author;
    private readonly PlainBrowser[] _reviewers;

    private PublicationDesk(PlainBrowser author, PlainBrowser[] reviewers) =>
        (_author, _reviewers) = (author, reviewers);

    public static async Task<PublicationDesk> OpenAsync(
        HostProcess host, HostFiles files, CancellationToken cancellation)
    {
        var password = files.DemoPassword();
        Task<PlainBrowser> SignIn(string name) => PlainBrowser.SignInAsync(host, name, password, cancellation);
        return new PublicationDesk(
            await SignIn("linxiao"), [await SignIn("zhoumin"), await SignIn("hejun"), await SignIn("xuming")]);
    }

    public void Dispose()
    {
        _author.Dispose();
        Array.ForEach(_reviewers, browser => browser.Dispose());
    }

    /// <summary>
    /// Publishes one document. Answers how long it took from sending the third opinion until the document's page and its
    /// channel's page show it; the channel's page was in the page cache before.
    /// </summary>
    public async Task<(TimeSpan Page, TimeSpan Channel)> PublishAsync(
        int number, string channel, HttpClient visitor, CancellationToken cancellation)
    {
        var title = string.Create(CultureInfo.InvariantCulture, $"关于发布计时的通知（第{number}号，{Stopwatch.GetTimestamp()}）");
        var (edition, slug) = await WriteAsync(title, channel, cancellation);
        await ReviewAsync(_reviewers[0], edition, ("SecrecyChecked", "true"), cancellation);
        await ReviewAsync(_reviewers[1], edition, null, cancellation);
        var form = await _reviewers[2].GetAsync(edition + "/reviews", cancellation);
        await visitor.GetStringAsync(new Uri("/" + channel, UriKind.Relative), cancellation);
        var watch = Stopwatch.StartNew();
        var release = ReviewAsync(_reviewers[2], edition, form, null, cancellation);
        var page = await SeenAsync(visitor, $"/{channel}/{slug}", title, watch, cancellation);
        var list = await SeenAsync(visitor, "/" + channel, title, watch, cancellation);
        await release;
        return (page, list);
    }

    private static async Task<TimeSpan> SeenAsync(
        HttpClient visitor, string path, string title, Stopwatch watch, CancellationToken cancellation)
    {
        while (watch.Elapsed < TimeSpan.FromMinutes(1))
        {
            using var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), cancellation);
            if (answer.StatusCode == HttpStatusCode.OK
                && (await answer.Content.ReadAsStringAsync(cancellation)).Contains(title, StringComparison.Ordinal))
            {
                return watch.Elapsed;
            }
        }

        throw new BenchmarkException($"{path} did not show {title} within a minute.");
    }

    private async Task<(string Edition, string Slug)> WriteAsync(
        string title, string channel, CancellationToken cancellation)
    {
        var page = await _author.GetAsync("/console/documents/new", cancellation);
        var channelId = page.QuerySelectorAll("select[name=ChannelId] option")
            .First(option => option.TextContent.Contains("通知公告", StringComparison.Ordinal)).GetAttribute("value")!;
        var location = await _author.SubmitAsync(
            "/console/documents", page, cancellation,
            ("Id", page.QuerySelector("input[name=Id]")!.GetAttribute("value")!), ("Type", "article"),
            ("ChannelId", channelId), ("Title", title));
        var edition = location.Split('?')[0];
        page = await _author.GetAsync(edition, cancellation);
        var fields = FieldsOf(page);
        fields["bodyText"] = "正文第一段。";
        fields["act"] = "save";
        await _author.SubmitAsync(
            edition, page, cancellation, [.. fields.Select(field => (field.Key, field.Value))]);
        page = await _author.GetAsync(edition, cancellation);
        fields = FieldsOf(page);
        await _author.SubmitAsync(edition + "/submission", page, cancellation, ("Version", fields["version"]));
        return (edition, fields["slug"]);
    }

    private static Task ReviewAsync(
        PlainBrowser reviewer, string edition, (string, string)? extra, CancellationToken cancellation) =>
        ReviewAsync(reviewer, edition, null, extra, cancellation);

    private static async Task ReviewAsync(
        PlainBrowser reviewer, string edition, IHtmlDocument? form, (string, string)? extra, CancellationToken cancellation)
    {
        form ??= await reviewer.GetAsync(edition + "/reviews", cancellation);
        var hash = form.QuerySelector("input[name=ContentHash]")!.GetAttribute("value")!;
        (string, string)[] fields = [("ContentHash", hash), ("Opinion", "同意。"), ("Decision", "approve")];
        await reviewer.SubmitAsync(
            edition + "/reviews", form, cancellation, extra is { } more ? [.. fields, more] : fields);
    }

    private static Dictionary<string, string> FieldsOf(IHtmlDocument page)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in page.QuerySelectorAll("#edit input[name], #edit select[name], #edit textarea[name]"))
        {
            var name = field.GetAttribute("name")!;
            if (!name.StartsWith('_') && field.GetAttribute("type") is not ("file" or "search" or "checkbox"))
            {
                fields[name] = field switch
                {
                    IHtmlSelectElement select => select.Value ?? "",
                    IHtmlTextAreaElement area => area.Value.TrimStart('\n'),
                    _ => field.GetAttribute("value") ?? "",
                };
            }
        }

        return fields;
    }
}
