using System.Net;
using Portal.Testing;

namespace Portal.Publishing.Tests.Pages;

public sealed class ChannelPageTests(PublicSite host) : IClassFixture<PublicSite>
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_list_is_newest_first_twenty_a_page_and_loses_nothing_between_pages()
    {
        var channel = await host.Channel("lists");
        for (var i = 0; i < 45; i++)
        {
            var at = Start.AddDays(i / 2);
            await host.Publish(channel, $"n{i}", change: edition => edition.OriginallyPublishedAt = at);
        }

        using var visitor = host.Visitor();
        var byNumber = new List<string>();
        for (var page = 1; page <= 3; page++)
        {
            byNumber.AddRange(Links(await visitor.Get(page == 1 ? "/lists" : $"/lists?page={page}")));
        }

        Assert.Equal(45, byNumber.Distinct().Count());
        Assert.Equal(["/lists/n44", "/lists/n43", "/lists/n42"], byNumber.Take(3));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/lists?page=4")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/lists?page=0")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/lists?page=51")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/lists?cursor=forged")).Status);
    }

    [Fact]
    public async Task Leaders_are_listed_with_their_positions()
    {
        var channel = await host.Channel("leaders");
        await host.Publish(channel, "wen", "leader", edition => edition.Fields["position"] = "常务副省长");
        using var visitor = host.Visitor();

        var line = Assert.Single((await visitor.Get("/leaders")).Document.QuerySelectorAll(".p-lines__item"));

        Assert.Equal("常务副省长", line.QuerySelector(".p-lines__extra")!.TextContent);
    }

    [Fact]
    public async Task Older_and_newer_links_walk_the_same_list_there_and_back()
    {
        var channel = await host.Channel("walk");
        for (var i = 0; i < 45; i++)
        {
            await host.Publish(channel, $"n{i}", change: edition => edition.OriginallyPublishedAt = Start);
        }

        using var visitor = host.Visitor();
        var there = new List<string>();
        var page = await visitor.Get("/walk");
        string? last = null;
        for (var next = "/walk"; next is not null; next = Link(page, "next"))
        {
            page = await visitor.Get(next);
            last = next;
            there.AddRange(Links(page));
        }

        Assert.Equal(45, there.Distinct().Count());
        Assert.Equal("/walk?page=3", last);
        Assert.Equal("/walk?page=2", Link(page, "prev"));
    }

    [Fact]
    public async Task Years_are_links_with_counts_and_follow_the_calendar_of_Beijing()
    {
        var channel = await host.Channel("years");
        await host.Publish(channel, "eve", change: edition =>
            edition.OriginallyPublishedAt = new DateTimeOffset(2024, 12, 31, 15, 59, 0, TimeSpan.Zero));
        await host.Publish(channel, "new-year", change: edition =>
            edition.OriginallyPublishedAt = new DateTimeOffset(2024, 12, 31, 16, 0, 0, TimeSpan.Zero));
        using var visitor = host.Visitor();

        var all = await visitor.Get("/years");
        var old = await visitor.Get("/years?year=2024");

        Assert.Equal(["全部", "20251", "20241"], all.Document.QuerySelectorAll(".p-filters__link").Select(link => link.TextContent));
        Assert.Equal(["/years/eve"], Links(old));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/years?year=2023")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/years?year=20x")).Status);
    }

    [Fact]
    public async Task An_empty_channel_is_shown_nowhere()
    {
        await host.Channel("empty");
        var full = await host.Channel("full", change: channel => channel.Position = -1);
        await host.Publish(full, "page");
        using var visitor = host.Visitor();

        // W-06.
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/empty")).Status);
        foreach (var path in new[] { "/", "/full", "/sitemap" })
        {
            var page = await visitor.Get(path);
            Assert.Empty(page.Document.QuerySelectorAll("a[href='/empty']"));
            Assert.NotEmpty(page.Document.QuerySelectorAll("a[href='/full']"));
        }
    }

    [Fact]
    public async Task A_channel_without_pages_of_its_own_lists_those_below_it()
    {
        await host.Channel("above");
        var below = await host.Channel("above/below");
        await host.Publish(below, "page");
        using var visitor = host.Visitor();

        var answer = await visitor.Get("/above");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["/above/below/page"], Links(answer));
        Assert.Equal("/above/below", answer.Document.QuerySelector(".p-side__link")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_channel_page_carries_site_and_column_tags_and_no_content_tags()
    {
        var channel = await host.Channel("column");
        await host.Publish(channel, "page");
        using var visitor = host.Visitor();

        var head = (await visitor.Get("/column")).Document.Head!;

        Assert.NotNull(head.QuerySelector("meta[name=SiteName]"));
        Assert.NotNull(head.QuerySelector("meta[name=ColumnName]"));
        Assert.Null(head.QuerySelector("meta[name=ArticleTitle]"));
        Assert.Equal(2, head.QuerySelectorAll("link[rel=alternate]").Length);
    }

    [Fact]
    public async Task A_page_of_one_site_does_not_exist_on_another()
    {
        var channel = await host.Channel("own", site: "jyt");
        await host.Publish(channel, "page");
        using var own = host.Visitor("jyt");
        using var other = host.Visitor();

        Assert.Equal(HttpStatusCode.OK, (await own.Get("/own/page")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get("/own/page")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get("/own")).Status);
    }

    [Theory]
    [InlineData("/Lists")]
    [InlineData("/a..b")]
    [InlineData("/%E6%94%BF%E7%AD%96")]
    [InlineData("/a//b")]
    [InlineData("/wp-login.php")]
    public async Task A_path_that_can_be_no_page_is_not_found_with_help(string path)
    {
        using var visitor = host.Visitor();

        var answer = await visitor.Get(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.NotNull(answer.Document.QuerySelector("form[role=search]"));
        Assert.NotEmpty(answer.Document.QuerySelectorAll("main a[href='/sitemap']"));
    }

    [Fact]
    public async Task A_slash_at_the_end_leads_to_the_address_without()
    {
        using var visitor = host.Visitor();

        var answer = await visitor.Get("/whatever/?year=2024");

        Assert.Equal(HttpStatusCode.MovedPermanently, answer.Status);
        Assert.Equal("/whatever?year=2024", answer.Location);
    }

    private static IEnumerable<string> Links(Answer answer) =>
        answer.Document.QuerySelectorAll(".p-lines__link").Select(link => link.GetAttribute("href")!);

    private static string? Link(Answer answer, string relation) =>
        answer.Document.QuerySelector($".p-pages a[rel={relation}]")?.GetAttribute("href");
}
