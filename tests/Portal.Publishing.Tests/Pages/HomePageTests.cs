using System.Net;
using Portal.Publishing.Channels;
using Portal.Shared.Sites;

namespace Portal.Publishing.Tests.Pages;

public sealed class HomePageTests(PublicSite host) : IClassFixture<PublicSite>
{
    [Fact]
    public async Task The_home_page_leads_with_a_picture_and_repeats_no_title()
    {
        var cover = await host.Media("cover.png", "image/png", site: "jyt");
        var news = await host.Channel("news", site: "jyt");
        for (var i = 0; i < 15; i++)
        {
            await host.Publish(news, $"n{i}", change: edition => edition.CoverMediaId = edition.Slug == "n3" ? cover.Id : null);
        }

        await host.DrainOutbox();
        using var visitor = host.Visitor("jyt");
        var page = (await visitor.Get("/")).Document;

        Assert.Equal("/news/n3", page.QuerySelector(".p-headline__picture")!.GetAttribute("href"));
        Assert.Equal(5, page.QuerySelectorAll(".p-headline__item").Length);
        Assert.Equal("/news/n14", page.QuerySelector(".p-headline__link")!.GetAttribute("href"));
        var all = page.QuerySelectorAll(".p-headline__picture, .p-headline__link, .p-lines__link")
            .Select(link => link.GetAttribute("href")!).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Fact]
    public async Task A_policy_stands_with_its_interpretations_under_it_also_from_another_site()
    {
        var policies = await host.Channel("policies", ChannelType.Policies);
        var notes = await host.Channel("policies/notes", ChannelType.Interpretations);
        var policy = await host.Publish(policies, "measure", "policy", DocumentPageTests.Policy("云政发〔2026〕9号"));
        await host.Publish(notes, "own", "interpretation", edition =>
        {
            edition.Interprets = [policy.DocumentId];
            edition.Fields["form"] = "chart";
        });
        var elsewhere = await host.Channel("notes", ChannelType.Interpretations, "yunpu");
        await host.Publish(elsewhere, "city", "interpretation", edition => edition.Interprets = [policy.DocumentId]);
        await host.DrainOutbox();
        using var visitor = host.Visitor();

        var pair = Assert.Single((await visitor.Get("/")).Document.QuerySelectorAll(".p-pair"));

        Assert.Equal("/policies/measure", pair.QuerySelector(".p-pair__title a")!.GetAttribute("href"));
        Assert.Contains("云政发〔2026〕9号", pair.TextContent, StringComparison.Ordinal);
        Assert.Equal("图解", pair.QuerySelector(".p-pair__note .p-tag")!.TextContent);
        var links = pair.QuerySelectorAll(".p-pair__note a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.Equal(2, links.Count);
        Assert.Equal("/policies/notes/own", links[0]);
        Assert.Equal("yunpu", new Uri(links[1]).Host.Split('.')[0]);
        Assert.Equal("/notes/city", new Uri(links[1]).AbsolutePath);
    }

    [Theory]
    [InlineData("bare", 0, 4)]
    [InlineData("full", 6, 6)]
    public async Task Four_policies_lead_and_more_where_the_column_beside_them_is_taller(string site, int lines, int policies)
    {
        await host.Data.Site(site);
        var library = await host.Channel("policies", ChannelType.Policies, site);
        for (var i = 0; i < 9; i++)
        {
            await host.Publish(library, $"p{i}", "policy", DocumentPageTests.Policy($"云政发〔2026〕{100 + i}号"));
        }

        foreach (var kind in new[] { ChannelType.Notices, ChannelType.Overview, ChannelType.Service, ChannelType.Data })
        {
            var channel = await host.Channel(kind.ToString().ToLowerInvariant(), kind, site);
            for (var i = 0; i < lines; i++)
            {
                await host.Publish(channel, $"l{i}");
            }
        }

        await host.DrainOutbox();
        using var visitor = host.Visitor(site);

        Assert.Equal(policies, (await visitor.Get("/")).Document.QuerySelectorAll(".p-pair").Length);
    }

    [Fact]
    public async Task An_empty_site_has_a_home_page_without_empty_blocks()
    {
        await host.DrainOutbox();
        using var visitor = host.Visitor("lanqiao");

        var answer = await visitor.Get("/");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Empty(answer.Document.QuerySelectorAll(".p-headline, .p-lines, .p-pairs, .p-cards"));
        Assert.NotNull(answer.Document.QuerySelector(".p-empty"));
    }

    [Fact]
    public async Task The_portal_lists_the_sites_below_it_that_are_open()
    {
        await host.Data.Site("closed", status: SiteStatus.Closed);
        await host.DrainOutbox();
        using var visitor = host.Visitor();

        var names = (await visitor.Get("/")).Document.QuerySelectorAll(".p-finder a").Select(link => link.TextContent).ToList();

        Assert.Contains("云浦市人民政府", names);
        Assert.Contains("岚桥区人民政府", names);
        Assert.Contains("云岭省教育厅", names);
        Assert.DoesNotContain("closed单位", names);
    }

    [Theory]
    [InlineData(SiteStatus.Suspended, HttpStatusCode.ServiceUnavailable)]
    [InlineData(SiteStatus.Closed, HttpStatusCode.Gone)]
    [InlineData(SiteStatus.Planned, HttpStatusCode.NotFound)]
    [InlineData(SiteStatus.Closing, HttpStatusCode.OK)]
    public async Task A_site_that_is_not_open_answers_with_its_notice(SiteStatus status, HttpStatusCode expected)
    {
        var key = status.ToString().ToLowerInvariant() + "x";
        await host.Data.Site(key, status: status);
        await host.DrainOutbox();
        using var visitor = host.Visitor(key);

        var home = await visitor.Get("/");
        var page = await visitor.Get("/any/page");

        Assert.Equal(expected, home.Status);
        Assert.Equal(expected == HttpStatusCode.OK ? HttpStatusCode.NotFound : expected, page.Status);
        Assert.Contains(host.Site(key).Name, home.Text, StringComparison.Ordinal);
        Assert.Equal(status == SiteStatus.Suspended, home.Header("Retry-After") is not null);
        Assert.Equal(status == SiteStatus.Suspended, home.Header("Cache-Control") == "no-store");
    }
}
