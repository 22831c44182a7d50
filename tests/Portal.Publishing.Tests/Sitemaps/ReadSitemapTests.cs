using System.Net;
using Portal.Publishing.Documents;
using Portal.Publishing.Tests.Pages;

namespace Portal.Publishing.Tests.Sitemaps;

public sealed class ReadSitemapTests(PublicSite host) : IClassFixture<PublicSite>
{
    [Fact]
    public async Task The_sitemap_names_home_channels_and_pages_of_the_site_and_of_no_other()
    {
        var channel = await host.Channel("mapped");
        await host.Channel("unmapped");
        await host.Publish(channel, "page");
        var gone = await host.Publish(channel, "gone");
        await host.Publish(channel, "gone", document: gone.DocumentId, change: edition => edition.Unpublishing = UnpublishingKind.Gone);
        var foreign = await host.Channel("foreign", site: "jyt");
        await host.Publish(foreign, "page");
        using var visitor = host.Visitor();

        var index = (await visitor.Get("/sitemap.xml")).Text;
        var channels = (await visitor.Get("/sitemaps/0.xml")).Text;
        var pages = (await visitor.Get("/sitemaps/1.xml")).Text;

        Assert.Contains("/sitemaps/0.xml</loc>", index, StringComparison.Ordinal);
        Assert.Contains("/sitemaps/1.xml</loc><lastmod>", index, StringComparison.Ordinal);
        Assert.DoesNotContain("/sitemaps/2.xml", index, StringComparison.Ordinal);
        Assert.Contains("/mapped</loc>", channels, StringComparison.Ordinal);
        Assert.DoesNotContain("unmapped", channels, StringComparison.Ordinal);
        Assert.Contains("/mapped/page</loc><lastmod>", pages, StringComparison.Ordinal);
        Assert.DoesNotContain("/mapped/gone", pages, StringComparison.Ordinal);
        Assert.DoesNotContain("foreign", pages, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/sitemaps/2.xml")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/sitemaps/-1.xml")).Status);
    }

    [Fact]
    public async Task Robots_may_read_everything_but_the_console_and_the_tools()
    {
        using var visitor = host.Visitor();

        var text = (await visitor.Get("/robots.txt")).Text;

        Assert.Contains("Disallow: /console", text, StringComparison.Ordinal);
        Assert.Contains("/sitemap.xml", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Security_researchers_find_a_contact_that_has_not_expired()
    {
        using var visitor = host.Visitor();

        var lines = (await visitor.Get("/.well-known/security.txt")).Text.Split('\n');

        Assert.Contains(lines, line => line.StartsWith("Contact: ", StringComparison.Ordinal));
        var expires = DateTimeOffset.Parse(
            lines.Single(line => line.StartsWith("Expires: ", StringComparison.Ordinal))[9..],
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(expires, host.Clock.GetUtcNow().AddDays(30), host.Clock.GetUtcNow().AddDays(365));
    }
}
