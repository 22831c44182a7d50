using System.Net;
using Portal.Publishing.Tests.Pages;

namespace Portal.Publishing.Tests.Sharing;

public sealed class DrawShareCodeTests(PublicSite host) : IClassFixture<PublicSite>
{
    [Fact]
    public async Task The_code_of_a_page_is_a_picture_without_styles_or_scripts()
    {
        using var visitor = host.Visitor();

        var answer = await visitor.Get("/share/qr.svg?path=zhengce/x");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("image/svg+xml", answer.ContentHeaders.ContentType!.MediaType);
        Assert.StartsWith("<svg ", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("style", answer.Text, StringComparison.Ordinal);
        Assert.NotEqual(answer.Text, (await visitor.Get("/share/qr.svg?path=zhengce/y")).Text);
    }

    [Theory]
    [InlineData("/share/qr.svg")]
    [InlineData("/share/qr.svg?path=https://evil.example")]
    [InlineData("/share/qr.svg?path=..%2F..%2Fx")]
    public async Task There_is_no_code_for_what_is_no_page_of_the_site(string address)
    {
        using var visitor = host.Visitor();

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(address)).Status);
    }
}
