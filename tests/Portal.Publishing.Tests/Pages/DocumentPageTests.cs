using System.Net;
using System.Text.Json;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Publishing.RichText;

namespace Portal.Publishing.Tests.Pages;

public sealed class DocumentPageTests(PublicSite host) : IClassFixture<PublicSite>
{
    [Fact]
    public async Task A_page_shows_title_time_source_and_the_way_to_it()
    {
        var top = await host.Channel("xinwen");
        var channel = await host.Channel("xinwen/shengzheng");
        await host.Publish(channel, "first", change: edition =>
        {
            edition.OriginallyPublishedAt = new DateTimeOffset(2026, 3, 1, 17, 5, 0, TimeSpan.Zero);
            edition.Author = "新闻信息处";
        });
        using var visitor = host.Visitor();

        var answer = await visitor.Get("/xinwen/shengzheng/first");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("标题first", answer.Document.QuerySelector("h1")!.TextContent);
        // W-04, in Asia/Shanghai: after midnight there.
        Assert.Equal("2026-03-02 01:05", answer.Document.QuerySelector(".p-article__meta time")!.TextContent);
        Assert.Contains("云岭省人民政府办公厅", answer.Document.QuerySelector(".p-article__meta")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["/", "/xinwen", "/xinwen/shengzheng"],
            answer.Document.QuerySelectorAll(".p-crumbs a").Select(link => link.GetAttribute("href")!));
        Assert.Equal(top.Name, answer.Document.QuerySelectorAll(".p-crumbs a")[1].TextContent);
    }

    [Fact]
    public async Task A_content_page_carries_all_three_groups_of_page_tags()
    {
        var channel = await host.Channel("tags", ChannelType.Policies);
        await host.Publish(channel, "tagged", change: edition =>
        {
            edition.Summary = "摘要";
            edition.Keywords = ["甲", "乙"];
            edition.Author = "作者";
        });
        using var visitor = host.Visitor();

        var answer = await visitor.Get("/tags/tagged");
        string Tag(string name) => Assert.Single(answer.Document.QuerySelectorAll($"meta[name={name}]")).GetAttribute("content")!;

        Assert.Equal("云岭省人民政府", Tag("SiteName"));
        Assert.Equal("www.yunling.gov.cn", Tag("SiteDomain"));
        Assert.Equal(10, Tag("SiteIDCode").Length);
        Assert.Equal("栏目tags", Tag("ColumnName"));
        Assert.Equal("说明", Tag("ColumnDescription"));
        Assert.Equal("关键词", Tag("ColumnKeywords"));
        Assert.Equal("政策文件", Tag("ColumnType"));
        Assert.Equal("标题tagged", Tag("ArticleTitle"));
        Assert.Equal(answer.Document.QuerySelector(".p-article__meta time")!.TextContent, Tag("PubDate"));
        Assert.Equal("云岭省人民政府办公厅", Tag("ContentSource"));
        Assert.Equal("甲,乙", Tag("Keywords"));
        Assert.Equal("作者", Tag("Author"));
        Assert.Equal("摘要", Tag("Description"));
        Assert.EndsWith("/tags/tagged", Tag("Url"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markup_in_a_title_stays_text_everywhere()
    {
        var channel = await host.Channel("hostile");
        const string title = "</title><script>alert(1)</script>\"><img src=x onerror=alert(1)>";
        await host.Publish(channel, "xss", change: edition => edition.Title = title);
        using var visitor = host.Visitor();

        var answer = await visitor.Get("/hostile/xss");

        Assert.Equal(title, answer.Document.QuerySelector("h1")!.TextContent);
        Assert.Empty(answer.Document.QuerySelectorAll("img[src=x]"));
        Assert.All(
            answer.Document.Scripts,
            script => Assert.True(script.HasAttribute("src") || script.Type == "application/ld+json", script.OuterHtml));
        var data = answer.Document.QuerySelector("script[type='application/ld+json']")!.TextContent;
        Assert.Equal(title, JsonDocument.Parse(data).RootElement.GetProperty("headline").GetString());
    }

    [Fact]
    public async Task Nothing_on_a_page_is_inline_or_from_another_host()
    {
        var channel = await host.Channel("strict", ChannelType.Policies);
        await host.Publish(channel, "policy", "policy", Policy("云政发〔2026〕1号"));
        using var visitor = host.Visitor();

        foreach (var path in new[] { "/", "/strict", "/strict/policy", "/nowhere", "/sitemap", "/accessibility" })
        {
            var page = (await visitor.Get(path)).Document;

            Assert.Empty(page.QuerySelectorAll("[style], style, [onclick], [onload], iframe, object, embed"));
            Assert.All(
                page.QuerySelectorAll("img[src], script[src], link[rel=stylesheet]"),
                element => Assert.StartsWith("/", element.GetAttribute("src") ?? element.GetAttribute("href")!, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Every_page_carries_the_marks_of_its_footer()
    {
        var channel = await host.Channel("marks");
        await host.Publish(channel, "marked");
        using var visitor = host.Visitor();

        foreach (var path in new[] { "/", "/marks", "/marks/marked", "/nowhere" })
        {
            var footer = (await visitor.Get(path)).Document.QuerySelector("footer.p-footer")!;

            // W-09.
            Assert.Contains("党政机关网站标识", footer.TextContent, StringComparison.Ordinal);
            Assert.Contains("我为政府网站找错", footer.TextContent, StringComparison.Ordinal);
            Assert.Contains(host.Site("province").SiteCode!, footer.TextContent, StringComparison.Ordinal);
            Assert.Contains("主办单位", footer.TextContent, StringComparison.Ordinal);
            Assert.Contains("备案编号", footer.TextContent, StringComparison.Ordinal);
            Assert.Contains("公安备案", footer.TextContent, StringComparison.Ordinal);
            Assert.Single(footer.QuerySelectorAll("a[href='/sitemap']"));
        }
    }

    [Fact]
    public async Task Policy_and_interpretation_lead_to_each_other()
    {
        var channel = await host.Channel("pairs", ChannelType.Policies);
        var policy = await host.Publish(channel, "policy", "policy", Policy("云政发〔2026〕2号"));
        await host.Publish(channel, "explained", "interpretation", edition => edition.Interprets = [policy.DocumentId]);
        using var visitor = host.Visitor();

        var original = await visitor.Get("/pairs/policy");
        var interpretation = await visitor.Get("/pairs/explained");

        // G-28.
        Assert.Single(original.Document.QuerySelectorAll(".p-related a[href='/pairs/explained']"));
        Assert.Single(interpretation.Document.QuerySelectorAll(".p-related a[href='/pairs/policy']"));
    }

    [Fact]
    public async Task A_repealed_policy_says_so_on_the_original_and_names_its_successor()
    {
        var channel = await host.Channel("repeal", ChannelType.Policies);
        await host.Publish(channel, "new", "policy", Policy("云政发〔2026〕30号"));
        await host.Publish(channel, "old", "policy", edition =>
        {
            Policy("云政发〔2020〕3号")(edition);
            edition.Fields["validity"] = "repealed";
            edition.Fields["repealedOn"] = "2026-02-01";
            edition.Fields["repealedBy"] = "云政发[2026]30号";
        });
        using var visitor = host.Visitor();

        var answer = await visitor.Get("/repeal/old");

        // G-23.
        var banner = answer.Document.QuerySelector(".p-banner--red")!;
        Assert.Contains("已废止", banner.TextContent, StringComparison.Ordinal);
        Assert.Contains("2026-02-01", banner.TextContent, StringComparison.Ordinal);
        Assert.Single(banner.QuerySelectorAll("a[href='/repeal/new']"));
    }

    [Fact]
    public async Task A_withdrawn_policy_is_never_shown_as_in_force()
    {
        var channel = await host.Channel("inforce", ChannelType.Policies);
        var live = await host.Publish(channel, "policy", "policy", Effective);
        using var visitor = host.Visitor();
        var before = await visitor.Get("/inforce/policy");
        var found = await visitor.Get("/search?q=云政发〔2026〕31号");
        await host.Publish(
            channel,
            "policy",
            "policy",
            edition =>
            {
                Effective(edition);
                edition.Unpublishing = UnpublishingKind.Withdrawn;
                edition.UnpublishingReason = "数据有误。";
            },
            live.DocumentId);
        await host.DrainOutbox();

        var after = await visitor.Get("/inforce/policy");

        Assert.Equal("有效", before.Document.QuerySelector(".p-metadata .p-tag--green")!.TextContent);
        Assert.Contains("数据有误。", after.Text, StringComparison.Ordinal);
        Assert.Null(after.Document.QuerySelector(".p-metadata .p-tag--green"));
        Assert.Equal("已撤回", after.Document.QuerySelector(".p-metadata .p-tag--red")!.TextContent);
        Assert.DoesNotContain("schema.org/InForce", after.Text, StringComparison.Ordinal);
        // Nor does the search say so.
        var foundAfter = await visitor.Get("/search?q=云政发〔2026〕31号");
        Assert.NotNull(found.Document.QuerySelector(".p-results__item .p-tag--green"));
        Assert.NotNull(foundAfter.Document.QuerySelector(".p-results__item"));
        Assert.Null(foundAfter.Document.QuerySelector(".p-results__item .p-tag--green"));

        static void Effective(Edition edition)
        {
            Policy("云政发〔2026〕31号")(edition);
            edition.Fields["validity"] = "effective";
        }
    }

    [Fact]
    public async Task An_official_document_shows_its_metadata_with_the_number_in_official_form()
    {
        var channel = await host.Channel("official", ChannelType.Policies);
        await host.Publish(channel, "numbered", "policy", Policy("云政办发(2026)007号"));
        using var visitor = host.Visitor();

        var facts = (await visitor.Get("/official/numbered")).Document.QuerySelectorAll(".p-metadata__row")
            .ToDictionary(row => row.Children[0].TextContent, row => row.Children[1].TextContent);

        Assert.Equal("云政办发〔2026〕7号", facts["文号"]);
        Assert.Equal("2026-01-05", facts["成文日期"]);
        Assert.Equal("有效", facts["有效性"]);
    }

    [Fact]
    public async Task A_withdrawn_page_stays_under_a_banner_and_out_of_lists()
    {
        var channel = await host.Channel("withdrawn");
        await host.Publish(channel, "stays");
        var edition = await host.Publish(channel, "goes");
        await host.Publish(
            channel, "goes", document: edition.DocumentId, change: next =>
            {
                next.Unpublishing = UnpublishingKind.Withdrawn;
                next.UnpublishingReason = "数据有误";
            });
        using var visitor = host.Visitor();

        var answer = await visitor.Get("/withdrawn/goes");
        var list = await visitor.Get("/withdrawn");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("数据有误", answer.Document.QuerySelector(".p-banner--red")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("noindex", answer.Document.QuerySelector("meta[name=robots]")!.GetAttribute("content"), StringComparison.Ordinal);
        Assert.Equal(["/withdrawn/stays"], list.Document.QuerySelectorAll(".p-lines__link").Select(link => link.GetAttribute("href")!));
    }

    [Fact]
    public async Task A_page_that_is_gone_answers_410_with_the_reason()
    {
        var channel = await host.Channel("gone");
        var edition = await host.Publish(channel, "gone");
        await host.Publish(channel, "gone", document: edition.DocumentId, change: next =>
        {
            next.Unpublishing = UnpublishingKind.Gone;
            next.UnpublishingReason = "活动已结束";
        });
        using var visitor = host.Visitor();

        var answer = await visitor.Get("/gone/gone");

        Assert.Equal(HttpStatusCode.Gone, answer.Status);
        Assert.Contains("活动已结束", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/elsewhere/page", "/elsewhere/page")]
    [InlineData("http://jyt.localhost/x", "http://jyt.localhost/x")]
    [InlineData("https://evil.example/", null)]
    [InlineData("//evil.example/", null)]
    [InlineData("javascript:alert(1)", null)]
    public async Task A_redirect_leads_to_the_provinces_own_sites_only(string target, string? expected)
    {
        var channel = await host.Channel("redirect-" + Guid.CreateVersion7().ToString("N"));
        var edition = await host.Publish(channel, "moves");
        await host.Publish(channel, "moves", document: edition.DocumentId, change: next =>
        {
            next.Unpublishing = UnpublishingKind.Redirect;
            next.UnpublishingReason = "内容并入新页面";
            next.RedirectTo = target;
        });
        using var visitor = host.Visitor();

        var answer = await visitor.Get($"/{channel.Path}/moves");

        Assert.Equal(expected is null ? HttpStatusCode.Gone : HttpStatusCode.MovedPermanently, answer.Status);
        Assert.Equal(expected, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_moved_page_leads_from_its_former_address_to_the_present_one_in_one_hop()
    {
        var channel = await host.Channel("moving");
        var edition = await host.Publish(channel, "one");
        await host.Publish(channel, "two", document: edition.DocumentId);
        await host.Publish(channel, "three", document: edition.DocumentId);
        using var visitor = host.Visitor();

        var first = await visitor.Get("/moving/one");
        var second = await visitor.Get("/moving/two");

        Assert.Equal(HttpStatusCode.MovedPermanently, first.Status);
        Assert.Equal("/moving/three", first.Location);
        Assert.Equal("/moving/three", second.Location);
    }

    [Fact]
    public async Task A_reading_mode_keeps_to_itself_and_names_the_plain_page_as_canonical()
    {
        var channel = await host.Channel("modes");
        var body = MarkdownReader.Read("[链接](/modes)").Document!.ToJson();
        await host.Publish(channel, "read", change: edition => edition.Body = body);
        using var visitor = host.Visitor();

        var plain = await visitor.Get("/modes/read");
        var large = await visitor.Get("/~large/modes/read");

        Assert.Contains("p-large", large.Document.DocumentElement.ClassName, StringComparison.Ordinal);
        Assert.Equal(
            plain.Document.QuerySelector("link[rel=canonical]")!.GetAttribute("href"),
            large.Document.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Equal("noindex", large.Document.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Null(plain.Document.QuerySelector("meta[name=robots]"));
        Assert.Equal("/~large/modes", large.Document.QuerySelector(".p-body a")!.GetAttribute("href"));
        Assert.Equal("/modes/read", large.Document.QuerySelector(".p-tools__link[aria-current]")!.GetAttribute("href"));
        Assert.All(
            large.Document.QuerySelectorAll(".p-nav__link, .p-crumbs a"),
            link => Assert.StartsWith("/~large/", link.GetAttribute("href")!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_of_the_reading_mode_keeps_the_words_of_a_search_and_nothing_that_others_would_get()
    {
        using var visitor = host.Visitor();

        var found = await visitor.Get("/search?q=%E5%85%AC%E4%BA%A4&scope=province&from=elsewhere");
        var large = found.Document.QuerySelector(".p-tools__link[data-mode=large]")!.GetAttribute("href");

        Assert.Equal("/~large/search?q=%E5%85%AC%E4%BA%A4&scope=province", large);
        Assert.Equal(
            "/search?q=%E5%85%AC%E4%BA%A4&scope=province",
            (await visitor.Get(large!)).Document.QuerySelector(".p-tools__link[data-mode=large]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Attachments_stand_in_a_table_with_type_and_size()
    {
        var file = await host.Media("申请表.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", new byte[2_048]);
        var channel = await host.Channel("files");
        await host.Publish(channel, "with-file", change: edition => edition.Attachments = [new(file.Id, "附件1 申请表")]);
        using var visitor = host.Visitor();

        var row = (await visitor.Get("/files/with-file")).Document.QuerySelector(".p-attachments tbody tr")!;

        Assert.Equal("附件1 申请表", row.QuerySelector("a")!.TextContent);
        Assert.Equal(["DOCX", "2 KB"], row.QuerySelectorAll("td").Select(cell => cell.TextContent));
    }

    [Fact]
    public async Task The_trail_line_claims_three_reviews_only_where_there_were_three()
    {
        var channel = await host.Channel("trail");
        var edition = await host.Publish(channel, "reviewed");
        using var visitor = host.Visitor();

        var trail = (await visitor.Get("/trail/reviewed")).Document.QuerySelector(".p-trail")!;

        Assert.Equal(["初审", "审核", "审发"], trail.QuerySelectorAll(".p-trail__step").Select(step => step.TextContent));
        Assert.Contains(edition.Id.ToString("N"), trail.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    internal static Action<Edition> Policy(string number) => edition =>
    {
        edition.Fields["documentNumber"] = number;
        edition.Fields["issuer"] = "云岭省人民政府";
        edition.Fields["issuedOn"] = "2026-01-05";
        edition.Fields["validity"] = "effective";
    };
}
