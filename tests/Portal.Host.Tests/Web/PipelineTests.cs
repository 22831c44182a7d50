using System.Net;
using Microsoft.Extensions.Configuration;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Host.Tests.Web;

public sealed class PipelineTests(PortalHost host) : IClassFixture<PortalHost>
{
    // A page that is the same for everybody and needs nothing published.
    private string Sheet => SiteTheme.PathOf(host.Site("province"));

    [Fact]
    public async Task A_live_host_says_so_without_a_site()
    {
        using var visitor = host.Visitor();

        var answer = await visitor.Get("/health/live");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_migrated_host_is_ready()
    {
        using var visitor = host.Visitor();

        var answer = await visitor.Get("/health/ready");

        Assert.Contains("\"ready\":true", answer.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    // Larger text and stronger contrast are chosen one after the other, and both hold, on one address.
    [Fact]
    public async Task Reading_modes_add_up()
    {
        using var visitor = host.Visitor();
        Assert.Equal("/~large-contrast/sitemap", Switch(await visitor.Get("/~large/sitemap"), 1));
        Assert.Equal("/~large-contrast/sitemap", Switch(await visitor.Get("/~contrast/sitemap"), 0));
        var both = await visitor.Get("/~large-contrast/sitemap");
        Assert.Equal("p-large p-contrast", both.Document.DocumentElement.ClassName);
        Assert.Equal(["/~contrast/sitemap", "/~large/sitemap"], [Switch(both, 0), Switch(both, 1)]);
        foreach (var (typed, kept) in new[]
        {
            ("/~large/~contrast/sitemap", "/~large-contrast/sitemap"), ("/~contrast/~large/sitemap", "/~large-contrast/sitemap"),
            ("/~large/~large/sitemap", "/~large/sitemap"), ("/~large/~contrast", "/~large-contrast/"),
            ("/~contrast/~large/~large-contrast/search?q=%E8%8C%B6", "/~large-contrast/search?q=%E8%8C%B6"),
            ("/~large/~contrast//other.example/x", "/~large-contrast//other.example/x"),
        })
        {
            var answer = await visitor.Get(typed);
            Assert.Equal((HttpStatusCode.PermanentRedirect, kept), (answer.Status, answer.Location));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/~large/~huge/sitemap")).Status);

        static string? Switch(Answer page, int place) => page.Document.QuerySelectorAll(".p-tools__link")[place].GetAttribute("href");
    }

    [Theory]
    [InlineData("nobody.example")]
    [InlineData("nobody.localhost")]
    [InlineData("www.yunling.gov.cn.evil.example")]
    public async Task A_host_name_of_no_site_is_misdirected(string name)
    {
        using var visitor = host.Visitor();

        var answer = await visitor.Get("/", ("Host", name));

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.Status);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_host_of_no_site_names_the_address_to_use()
    {
        const string Address = "http://localhost:8080";
        var configuration = (IConfiguration)host.Services.GetService(typeof(IConfiguration))!;
        using var visitor = host.Visitor();

        var without = await visitor.Get("/", ("Host", "127.0.0.1"));
        configuration["Portal:Address"] = Address;
        var answer = await visitor.Get("/", ("Host", "127.0.0.1"));
        configuration["Portal:Address"] = null;

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.Status);
        Assert.Equal(Address, answer.Document.QuerySelector("main a")!.GetAttribute("href"));
        Assert.Null(without.Document.QuerySelector("main a"));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public async Task A_public_page_names_its_methods_to_any_other(string method)
    {
        using var visitor = host.Visitor();

        var answer = await visitor.Send(new HttpMethod(method), Sheet, null, []);
        var missing = await visitor.Send(new HttpMethod(method), "/nothing-here-at-all", null, []);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Equal(["GET", "HEAD"], answer.ContentHeaders.Allow.Order());
        Assert.Equal(HttpStatusCode.MethodNotAllowed, missing.Status);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("province.localhost")]
    [InlineData("www.yunling.gov.cn")]
    [InlineData("WWW.YUNLING.GOV.CN")]
    [InlineData("jyt.localhost")]
    public async Task A_site_answers_on_each_of_its_names(string name)
    {
        using var visitor = host.Visitor();

        var answer = await visitor.Get(Sheet, ("Host", name));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [InlineData("/nothing-here-at-all")]
    [InlineData("/console")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        using var visitor = host.Visitor();

        var answer = await visitor.Get(path);

        var policy = answer.Header("Content-Security-Policy")!;
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Opener-Policy"));
        Assert.Null(answer.Header("Server"));
    }

    [Fact]
    public async Task A_public_page_is_cached_with_a_tag_and_answers_304()
    {
        using var visitor = host.Visitor();
        var first = await visitor.Get(Sheet);
        var tag = first.Header("ETag")!;

        var again = await visitor.Get(Sheet, ("If-None-Match", tag));

        Assert.Equal(HttpStatusCode.NotModified, again.Status);
        Assert.Empty(again.Bytes);
        Assert.Null(first.Header("Set-Cookie"));
    }

    [Theory]
    [InlineData("/surveys/nowhere")]
    [InlineData("/consultations/nowhere/opinions")]
    [InlineData("/interviews/nowhere.ics")]
    [InlineData("/interaction-overview?year=2051")]
    public async Task What_is_not_there_is_not_there_the_second_time_either_and_says_so(string path)
    {
        using var visitor = host.Visitor();

        var (first, again) = (await visitor.Get(path), await visitor.Get(path));

        Assert.Equal(HttpStatusCode.NotFound, again.Status);
        Assert.Equal(first.Text, again.Text);
        Assert.NotEmpty(again.Bytes);
    }

    [Fact]
    public async Task HEAD_answers_as_GET_without_a_body()
    {
        using var visitor = host.Visitor();
        var got = await visitor.Get(Sheet);

        var headed = await visitor.Head(Sheet);
        var headedAgain = await visitor.Head(Sheet);

        Assert.Equal(HttpStatusCode.OK, headed.Status);
        Assert.Equal(got.Header("ETag"), headed.Header("ETag"));
        Assert.Equal(got.Header("Content-Length"), headed.Header("Content-Length"));
        Assert.Equal(got.Header("ETag"), headedAgain.Header("ETag"));
        Assert.Empty(headed.Bytes);
    }

    [Fact]
    public async Task Errors_are_a_page_for_people_and_problem_details_for_programs()
    {
        using var visitor = host.Visitor();

        var page = await visitor.Get("/console/no/such/place", ("Accept", "text/html"));
        var problem = await visitor.Get("/console/no/such/place", ("Accept", "application/json"));

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal(HttpStatusCode.NotFound, problem.Status);
        Assert.NotNull(page.Document.QuerySelector("main h1"));
        Assert.Equal("zh-CN", page.Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("application/problem+json", problem.ContentHeaders.ContentType!.MediaType);
    }
}
