using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Publishing.Channels;
using Portal.Publishing.Documents;
using Portal.Publishing.RichText;
using Portal.Publishing.Search;
using Portal.Publishing.Tests.Pages;
using Portal.Testing;

namespace Portal.Publishing.Tests.Search;

public sealed class SearchDocumentsTests(PublicSite host) : IClassFixture<PublicSite>
{
    [Fact]
    public async Task A_title_hit_stands_before_a_text_hit_and_both_are_marked()
    {
        var channel = await host.Channel("title-first");
        await Put(channel, "in-text", "年度工作安排", "继续推进梯田灌溉改造。");
        await Put(channel, "in-title", "梯田灌溉改造实施方案", "正文。");

        var page = await Search("梯田灌溉");

        Assert.Equal(["/title-first/in-title", "/title-first/in-text"], Links(page));
        Assert.Equal(["梯田灌溉", "梯田灌溉"], page.Document.QuerySelectorAll(".p-results mark").Select(mark => mark.TextContent));
        Assert.Equal("梯田灌溉改造实施方案", page.Document.QuerySelector(".p-results__title")!.TextContent);
    }

    [Fact]
    public async Task A_quoted_phrase_is_exact_and_words_apart_are_not()
    {
        var channel = await host.Channel("phrases");
        await Put(channel, "together", "一", "高山茶园补助办法。");
        await Put(channel, "apart", "二", "茶园补助与高山道路，山茶、园补。");

        Assert.Equal(2, Links(await Search("高山 茶园")).Count);
        Assert.Equal(["/phrases/together"], Links(await Search("“高山茶园补助”")));
    }

    [Fact]
    public async Task One_character_is_enough()
    {
        var channel = await host.Channel("one");
        await Put(channel, "last", "末字", "春天的鹮");
        Assert.Equal(["/one/last"], Links(await Search("鹮")));
    }

    [Theory]
    [InlineData("云测发〔2026〕77号")]
    [InlineData("云测发[2026]77号")]
    [InlineData("云测发（２０２６）７７号")]
    public async Task An_exact_document_number_is_found_however_its_brackets_are_typed(string typed)
    {
        var channel = await host.Channel("numbers" + typed.Length + (typed.Contains('[', StringComparison.Ordinal) ? "b" : "a")
            + (typed.Contains('２', StringComparison.Ordinal) ? "f" : "h"), ChannelType.Policies);
        await host.Publish(channel, "numbered", "policy", edition =>
        {
            edition.Title = "关于测试的通知";
            edition.Fields["documentNumber"] = "云测发〔2026〕77号";
        });

        var page = await Search(typed);

        Assert.NotNull(page.Document.QuerySelector(".p-results__item--exact"));
    }

    [Fact]
    public async Task A_word_on_a_late_page_of_a_long_law_is_found_together_with_its_title()
    {
        var channel = await host.Channel("long");
        var body = string.Join("\n\n", Enumerable.Range(1, 900).Select(number => $"第{number}条 本条规定一般事项。")) + "\n\n第九百零一条 岩羊迁徙通道。";
        await Put(channel, "law", "野生动物通道条例", body);
        Assert.Equal(["/long/law"], Links(await Search("岩羊 野生动物")));
    }

    [Fact]
    public async Task The_scope_is_the_site_or_the_whole_province()
    {
        var own = await host.Channel("scope");
        var other = await host.Channel("scope", site: "jyt");
        await Put(own, "here", "雪莲培育", "雪莲");
        await Put(other, "there", "雪莲研究", "雪莲");

        Assert.Equal(["/scope/here"], Links(await Search("雪莲")));
        Assert.Equal(2, Links(await Search("雪莲", "&scope=province")).Count);
    }

    [Fact]
    public async Task Types_and_years_filter_and_are_counted()
    {
        var channel = await host.Channel("facets");
        await Put(channel, "old", "驿道修缮甲", "驿道", edition => edition.OriginallyPublishedAt = new(2020, 5, 1, 0, 0, 0, TimeSpan.Zero));
        await Put(channel, "new", "驿道修缮乙", "驿道", edition => edition.OriginallyPublishedAt = new(2021, 5, 1, 0, 0, 0, TimeSpan.Zero));

        var all = await Search("驿道修缮");
        Assert.Contains("20211", all.Document.QuerySelectorAll(".p-facets__link").Select(link => link.TextContent.Trim()));
        Assert.Equal(["/facets/old"], Links(await Search("驿道修缮", "&year=2020")));
        Assert.Empty(Links(await Search("驿道修缮", "&type=policy")));
    }

    [Fact]
    public async Task What_is_older_than_two_years_is_found_beside_what_is_new()
    {
        var channel = await host.Channel("ages");
        await Put(channel, "older", "盐马古道碑刻", "碑刻", edition => edition.OriginallyPublishedAt = new(1998, 5, 1, 0, 0, 0, TimeSpan.Zero));
        await Put(channel, "newer", "盐马古道驿站", "碑刻");

        Assert.Equal(["/ages/newer", "/ages/older"], Links(await Search("盐马古道")));
        Assert.Equal(["/ages/older"], Links(await Search("“盐马古道碑刻”")));
        Assert.Equal(["/ages/newer", "/ages/older"], Links(await Search("“碑刻”")).Order());
    }

    [Fact]
    public async Task A_phrase_is_read_for_in_a_bounded_number_of_texts_and_the_page_says_so()
    {
        var channel = await host.Channel("bounded");
        await Put(channel, "old", "旧文", "蓝莓温室育苗", edition => edition.OriginallyPublishedAt = new(1999, 5, 1, 0, 0, 0, TimeSpan.Zero));
        await Fill(channel, 1_001, "温室育苗，蓝莓温室。", ["蓝莓", "莓温", "温室", "室育", "育苗"], titleGrams: null);

        var bounded = await Search("“蓝莓温室育苗”");
        var narrowed = await Search("“蓝莓温室育苗”", "&year=1999");

        Assert.Empty(Links(bounded));
        Assert.Contains("在最新的 1000 份", bounded.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("在本站没有找到", bounded.Text, StringComparison.Ordinal);
        Assert.Equal(["/bounded/old"], Links(narrowed));
        Assert.DoesNotContain("份可能相关", narrowed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_counted_to_the_end_has_no_numbers_beside_the_links()
    {
        var channel = await host.Channel("many");
        await Put(channel, "page", "鲟鱼洄游", "正文。");
        await Fill(channel, 199, "正文。", ["鲟"], ["鲟"]);

        var page = await Search("鲟");

        Assert.Equal(["/many/page"], Links(page));
        Assert.Contains("找到 200 条以上结果", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll(".p-facets__count"));
        Assert.Contains("2020", page.Document.QuerySelectorAll(".p-facets__link").Select(link => link.TextContent.Trim()));
    }

    [Fact]
    public async Task A_quoted_character_is_found_without_reading()
    {
        var channel = await host.Channel("quoted-one");
        await Put(channel, "page", "末字", "湖里的鼋。");
        Assert.Equal(["/quoted-one/page"], Links(await Search("“鼋”")));
    }

    [Theory]
    [InlineData("#y2026")]
    [InlineData("y2026")]
    [InlineData("tarticle")]
    [InlineData("s")]
    public async Task A_tag_of_the_index_cannot_be_searched_for(string typed)
    {
        await Put(await host.Channel("tags" + typed.Replace("#", "-hash-", StringComparison.Ordinal)), "page", "冰川融水监测", "冰川");
        Assert.Empty(Links(await Search(typed)));
    }

    [Fact]
    public async Task Entries_of_a_release_that_knows_no_tags_are_found_with_filters()
    {
        var channel = await host.Channel("untagged");
        var edition = await Put(channel, "page", "沙漠胡杨封育", "胡杨");
        await host.Use<PublishingDbContext>(async db =>
        {
            await db.SearchEntries.Where(row => row.DocumentId == edition.DocumentId).ExecuteDeleteAsync();
            db.SearchEntries.Add(new SearchEntry
            {
                DocumentId = edition.DocumentId,
                SiteId = channel.SiteId,
                Lineage = channel.Lineage,
                Type = "article",
                Year = 2026,
                PublishedAt = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero),
                Title = "沙漠胡杨封育",
                Text = "胡杨",
                TitleGrams = ["胡杨"],
                TextGrams = ["胡杨"],
            });
            await db.SaveChangesAsync();
        });

        Assert.Equal(["/untagged/page"], Links(await Search("胡杨", "&type=article&year=2026")));
    }

    [Fact]
    public async Task What_is_gone_is_not_found_and_what_is_found_changes_with_publication()
    {
        var channel = await host.Channel("gone");
        var edition = await Put(channel, "page", "藏红花种植", "藏红花");
        Assert.Single(Links(await Search("藏红花")));

        await host.Publish(channel, "page", document: edition.DocumentId, change: next =>
        {
            next.Title = "藏红花种植";
            next.Unpublishing = UnpublishingKind.Gone;
            next.UnpublishingReason = "内容有误。";
        });
        await host.DrainOutbox();

        Assert.Empty(Links(await Search("藏红花")));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' or 1=1 --")]
    [InlineData("a & b | !c")]
    [InlineData("'a':*")]
    [InlineData("\u0001\u202e\\")]
    public async Task Whatever_is_typed_is_text(string typed)
    {
        var page = await Search(typed);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Empty(page.Document.QuerySelectorAll("img[onerror]"));
        Assert.DoesNotContain(
            page.Document.QuerySelectorAll("script"),
            node => node.TextContent.Contains("alert", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_longer_than_the_box_is_cut_and_the_page_says_so()
    {
        var page = await Search(new string('政', 1_000));
        var whole = await Search(new string('政', 100));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain(new string('政', 101), page.Text, StringComparison.Ordinal);
        Assert.Contains("前100字", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("前100字", whole.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_result_says_what_to_do_next()
    {
        var page = await Search("没有任何文件会有的字串魑魅");
        Assert.Contains("没有找到", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector(".p-empty a[href*='scope=province']"));
    }

    private Task<Edition> Put(Channel channel, string slug, string title, string text, Action<Edition>? change = null) =>
        host.Publish(channel, slug, change: edition =>
        {
            edition.Title = title;
            edition.Body = MarkdownReader.Read(text).Document!.ToJson();
            change?.Invoke(edition);
        });

    // Index rows alone: what is counted and read before any page is looked at.
    private Task Fill(Channel channel, int count, string text, string[] textGrams, string[]? titleGrams) =>
        host.Use<PublishingDbContext>(async db =>
        {
            db.SearchEntries.AddRange(Enumerable.Range(0, count).Select(number => new SearchEntry
            {
                DocumentId = Guid.CreateVersion7(),
                SiteId = channel.SiteId,
                Lineage = channel.Lineage,
                Type = "article",
                Year = 2026,
                PublishedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(number),
                Title = "",
                Text = text,
                TitleGrams = titleGrams,
                TextGrams = textGrams,
            }));
            await db.SaveChangesAsync();
        });

    private async Task<Answer> Search(string query, string more = "")
    {
        using var visitor = host.Visitor();
        return await visitor.Get($"/search?q={Uri.EscapeDataString(query)}{more}");
    }

    private static List<string> Links(Answer page) =>
    [
        .. page.Document.QuerySelectorAll(".p-results__title a").Select(link => link.GetAttribute("href")!),
    ];
}
