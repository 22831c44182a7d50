using System.Net;
using Portal.Publishing.Documents;
using Portal.Publishing.Documents.SharePreview;
using Portal.Testing;

namespace Portal.Publishing.Tests.Documents;

[Collection(WritingDesk.Name)]
[Trait("Needs", "Database")]
public sealed class SharePreviewTests(WritingHost host)
{
    [Fact]
    public async Task A_link_shows_the_draft_to_somebody_without_an_account()
    {
        var (author, edition) = await Draft();

        var link = await Share(author, edition);
        using var visitor = host.Visitor();
        var answer = await visitor.Get(link);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("noindex, nofollow", answer.Header("X-Robots-Tag"));
        Assert.Contains("预览稿，尚未发布", answer.Text, StringComparison.Ordinal);
        Assert.Contains(edition.Title, answer.Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await host.Decisions("publishing.edition.preview-shared", edition.Id));
    }

    [Fact]
    public async Task A_link_ends_with_its_time()
    {
        var (_, edition) = await Draft();
        var token = await host.Use<PreviewLinks, string>(links => Task.FromResult(links.Write(
            new PreviewLink(edition.Id, PreviewLinks.ContentOf(edition), host.Clock.GetUtcNow().AddSeconds(-1)))));
        using var visitor = host.Visitor();

        Assert.Equal(HttpStatusCode.Gone, (await visitor.Get("/preview/" + token)).Status);
    }

    [Fact]
    public async Task A_link_ends_when_the_content_changes()
    {
        var (author, edition) = await Draft();
        var link = await Share(author, edition);
        var browser = await host.SignInAs(author);
        await browser.Post(
            WritingHost.Path(edition), WritingHost.Form(await browser.Get(WritingHost.Path(edition)), ("Title", "改过的标题")));
        using var visitor = host.Visitor();

        var answer = await visitor.Get(link);

        Assert.Equal(HttpStatusCode.Gone, answer.Status);
        Assert.DoesNotContain("改过的标题", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_link_is_nothing()
    {
        var (author, edition) = await Draft();
        var link = await Share(author, edition);
        using var visitor = host.Visitor();

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(link[..^2] + (link[^1] == 'A' ? "BB" : "AA"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/preview/x")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/preview/" + Guid.CreateVersion7().ToString("N"))).Status);
    }

    [Fact]
    public async Task A_link_works_on_its_own_site_alone()
    {
        var (author, edition) = await Draft();
        var link = await Share(author, edition);
        using var elsewhere = host.Visitor("jyt");

        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.Get(link)).Status);
    }

    [Fact]
    public async Task Staff_are_led_to_the_preview_on_the_editions_site()
    {
        var (author, edition) = await Draft();

        var answer = await (await host.SignInAs(author)).Get(WritingHost.Path(edition) + "/preview");

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        using var visitor = host.Visitor();
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get(answer.Location!)).Status);
    }

    private async Task<(Person Author, Edition Edition)> Draft()
    {
        var author = await host.Author();
        return (author, await host.Draft(author, await host.Channel()));
    }

    private async Task<string> Share(Person author, Edition edition)
    {
        var answer = await (await host.SignInAs(author)).Post(WritingHost.Path(edition) + "/preview-link", []);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return new Uri(answer.Document.QuerySelector("#link")!.GetAttribute("value")!).PathAndQuery;
    }
}
