using System.Net;

namespace Portal.Disclosure.Tests.Interfaces;

/// <summary>The page that tells people what programs can read.</summary>
public sealed class ReadInterfacesTests(DisclosureHost host) : IClassFixture<DisclosureHost>
{
    [Fact]
    public async Task Every_example_on_the_page_answers_and_the_footer_leads_to_it()
    {
        await host.Entry(await host.Channel());
        using var visitor = host.Visitor();
        var page = await visitor.Get("/developers");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotNull(page.Document.QuerySelector(".p-footer__links a[href='/developers']"));
        var links = page.Document.QuerySelectorAll(".p-body a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.True(links.Count > 14);
        foreach (var link in links)
        {
            Assert.True((await visitor.Get(link)).Status == HttpStatusCode.OK, link);
        }
    }

    [Fact]
    public async Task A_site_without_a_directory_of_its_own_names_the_one_above()
    {
        using var visitor = host.Visitor("jyt");
        var page = await visitor.Get("/developers");
        Assert.Contains(
            page.Document.QuerySelectorAll(".p-body a"),
            link => link.TextContent == host.Site(Testing.TestData.ProvinceKey).Name);
    }
}
