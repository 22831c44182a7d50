using System.Net;

namespace Portal.Publishing.Tests.Pages;

public sealed class ReadThemeTests(PublicSite host) : IClassFixture<PublicSite>
{
    [Fact]
    public async Task A_page_links_the_sheet_with_its_sites_colour()
    {
        using var visitor = host.Visitor();

        var link = (await visitor.Get("/")).Document.QuerySelector("link[rel=stylesheet][href^='/theme/']")!.GetAttribute("href")!;
        var sheet = await visitor.Get(link);

        Assert.Equal(HttpStatusCode.OK, sheet.Status);
        Assert.Equal("text/css", sheet.ContentHeaders.ContentType!.MediaType);
        Assert.Contains(host.Site("province").Accent, sheet.Text, StringComparison.Ordinal);
        Assert.Contains("immutable", sheet.Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/theme/zzzzzz.css")]
    [InlineData("/theme/12345.css")]
    [InlineData("/theme/%7D%7Dx%7By.css")]
    public async Task Only_a_colour_is_a_theme(string path)
    {
        using var visitor = host.Visitor();

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(path)).Status);
    }
}
