using System.Net;
using Portal.Publishing.Tests.Pages;

namespace Portal.Publishing.Tests.Leaving;

public sealed class LeaveSiteTests(PublicSite host) : IClassFixture<PublicSite>
{
    [Fact]
    public async Task The_notice_names_the_host_and_leads_there_or_back_but_never_by_itself()
    {
        using var visitor = host.Visitor();

        var answer = await visitor.Get("/leave?url=" + Uri.EscapeDataString("https://www.example.com/a?b=1"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Null(answer.Location);
        Assert.Null(answer.Document.QuerySelector("meta[http-equiv=refresh]"));
        Assert.Contains("www.example.com", answer.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["https://www.example.com/a?b=1", "/"],
            answer.Document.QuerySelectorAll("main .govuk-button").Select(link => link.GetAttribute("href")!));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("//evil.example/")]
    [InlineData("/console")]
    [InlineData("https://user@evil.example/")]
    [InlineData("ftp://evil.example/")]
    [InlineData("")]
    public async Task Anything_but_a_web_address_leads_nowhere(string url)
    {
        using var visitor = host.Visitor();

        var answer = await visitor.Get("/leave?url=" + Uri.EscapeDataString(url));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(["/"], answer.Document.QuerySelectorAll("main .govuk-button").Select(link => link.GetAttribute("href")!));
    }
}
