using System.Net;
using Portal.Publishing.Contracts;
using Portal.Publishing.Documents;

namespace Portal.Publishing.Tests.Pages;

public sealed class PageCachingTests(PublicSite host) : IClassFixture<PublicSite>
{
    [Fact]
    public async Task A_page_that_was_not_found_appears_as_soon_as_its_publication_is_told()
    {
        var channel = await host.Channel("fresh");
        using var visitor = host.Visitor();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/fresh/soon")).Status);

        await host.Publish(channel, "soon");
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/fresh/soon")).Status);
        await host.DrainOutbox();

        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/fresh/soon")).Status);
    }

    [Fact]
    public async Task A_new_edition_evicts_page_lists_home_feed_and_former_address()
    {
        var channel = await host.Channel("evict", site: "jyt");
        var edition = await host.Publish(channel, "old", change: row => row.Title = "旧标题甲乙丙");
        await host.DrainOutbox();
        using var visitor = host.Visitor("jyt");
        var paths = new[] { "/evict/old", "/evict", "/", "/evict/feed.xml" };
        foreach (var path in paths)
        {
            Assert.Contains("旧标题甲乙丙", (await visitor.Get(path)).Text, StringComparison.Ordinal);
        }

        await host.Publish(channel, "new", document: edition.DocumentId, change: row => row.Title = "新标题丁戊己");
        await host.DrainOutbox();

        Assert.Equal("/evict/new", (await visitor.Get("/evict/old")).Location);
        foreach (var path in paths[1..])
        {
            var text = (await visitor.Get(path)).Text;
            Assert.Contains("新标题丁戊己", text, StringComparison.Ordinal);
            Assert.DoesNotContain("旧标题甲乙丙", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_interpretation_evicts_the_policy_that_it_explains()
    {
        var channel = await host.Channel("explain");
        var policy = await host.Publish(channel, "policy", "policy", DocumentPageTests.Policy("云政发〔2026〕4号"));
        await host.DrainOutbox();
        using var visitor = host.Visitor();
        Assert.Empty((await visitor.Get("/explain/policy")).Document.QuerySelectorAll(".p-related"));

        await host.Publish(channel, "notes", "interpretation", edition => edition.Interprets = [policy.DocumentId]);
        await host.DrainOutbox();

        Assert.Single((await visitor.Get("/explain/policy")).Document.QuerySelectorAll(".p-related"));
    }

    [Fact]
    public async Task A_renamed_channel_shows_its_new_name_on_every_page_of_its_site()
    {
        var channel = await host.Channel("renamed", change: row => row.Position = -1);
        await host.Publish(channel, "page");
        await host.DrainOutbox();
        using var visitor = host.Visitor();
        await visitor.Get("/renamed/page");

        await host.Use<PublishingDbContext>(async db =>
        {
            var row = await db.Channels.FindAsync(channel.Id);
            row!.Name = "改过的名称";
            row.Version++;
            var now = host.Clock.GetUtcNow();
            db.Publish(
                new ChannelChanged { Id = Guid.CreateVersion7(now), OccurredAt = now, SiteId = channel.SiteId, ChannelId = channel.Id },
                now);
            await db.SaveChangesAsync();
        });
        await host.DrainOutbox();

        var page = await visitor.Get("/renamed/page");
        Assert.Contains("改过的名称", page.Document.QuerySelector(".p-crumbs")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("改过的名称", page.Document.QuerySelector(".p-nav")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_cached_once_a_schedule_of_its_site_is_due()
    {
        var channel = await host.Channel("timed", site: "yunpu");
        var live = await host.Publish(
            channel, "ends", change: edition => edition.TakeDownAt = host.Clock.GetUtcNow().AddSeconds(20));
        await host.DrainOutbox();
        host.Clock.Advance(TimeSpan.FromSeconds(25));
        using var visitor = host.Visitor("yunpu");
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/timed/ends")).Status);

        // The page is taken down, but nobody hears of it: only the time that has come kept it out of the cache.
        await host.Use<PublishingDbContext>(async db =>
        {
            var page = await db.Pages.FindAsync(live.DocumentId, "zh-CN");
            page!.Status = PageStatus.Gone;
            await db.SaveChangesAsync();
        });

        Assert.Equal(HttpStatusCode.Gone, (await visitor.Get("/timed/ends")).Status);
    }

    [Fact]
    public async Task A_public_page_never_carries_a_cookie()
    {
        var channel = await host.Channel("plain");
        await host.Publish(channel, "page");
        using var visitor = host.Visitor();

        foreach (var path in new[] { "/", "/plain", "/plain/page", "/~contrast/plain/page", "/nowhere", "/leave?url=https://a.example/" })
        {
            Assert.Null((await visitor.Get(path)).Header("Set-Cookie"));
        }
    }
}
