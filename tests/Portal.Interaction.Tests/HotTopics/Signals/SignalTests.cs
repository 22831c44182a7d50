using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.HotTopics.Signals;
using Portal.Interaction.HotTopics.Signals.PullFeeds;
using Portal.Publishing;
using Portal.Publishing.Search.FruitlessSearches;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Interaction.Tests.HotTopics.Signals;

/// <summary>From letters, searches, tables and feeds to a signal, and from a signal to a topic.</summary>
public sealed class SignalTests(SignalDesk desk) : IClassFixture<SignalDesk>
{
    private static readonly string[] Names = ["洪海云", "戴成林", "童雨青", "祝长河", "梅若谷", "虞山松", "柯一舟", "龙在田"];

    [Fact]
    public async Task Letters_about_one_matter_become_one_signal_that_names_nobody()
    {
        await Wrote("雁岸桥自来水浑浊", 8);
        desk.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await desk.Run());
        Assert.Equal(0, await desk.Run());

        var signal = await desk.Find("雁岸桥自来水浑浊");
        Assert.Equal((SignalSource.Surge, SignalState.Open), (signal.Source, signal.State));
        Assert.Equal((8, desk.Site("yunpu").Id), (signal.Evidence.Count, signal.SiteId));
        Assert.Equal(8, signal.Evidence.References.Count);
        var kept = await desk.Use<InteractionDbContext, string>(db =>
            db.Database.SqlQuery<string>($"select evidence::text || title as \"Value\" from interaction.signals where id = {signal.Id}").SingleAsync());
        Assert.All(Names, name => Assert.DoesNotContain(name, kept, StringComparison.Ordinal));

        // It goes on the next day: the same signal, seen later.
        desk.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await desk.Run());
        Assert.True((await desk.Find("雁岸桥自来水浑浊")).SeenAt > signal.SeenAt);

        var page = await (await desk.OfficerOf()).Get($"/console/hot-topics/signals/{signal.Id}");
        Assert.Contains("有8名不同的来信人", page.Text, StringComparison.Ordinal);
        Assert.Equal(9, page.Document.QuerySelectorAll("[aria-labelledby=evidence] tbody tr").Length);
        Assert.Equal(404, (int)(await (await desk.OfficerOf("jyt")).Get($"/console/hot-topics/signals/{signal.Id}")).Status);
    }

    [Fact]
    public async Task Erased_letters_are_not_counted_and_a_few_raise_nothing()
    {
        var letters = await Wrote("栖霞里垃圾焚烧异味", 8);
        var erased = letters.Take(4).ToArray();
        await desk.Read(db => db.Letters.Where(row => erased.Contains(row.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.SealedKey, (string?)null)));
        desk.Clock.Advance(TimeSpan.FromDays(1));
        await desk.Run();
        Assert.False(await desk.Read(db => db.Signals.AnyAsync(row => row.Title.Contains("焚烧"))));
    }

    [Fact]
    public async Task A_signal_becomes_a_topic_joins_one_or_is_dismissed_with_a_reason()
    {
        var (first, second, third) = (await desk.Raised("甲路塌陷视频传播"), await desk.Raised("甲路塌陷照片传播"), await desk.Raised("某明星行程"));
        var browser = await desk.OfficerOf();
        Assert.Equal(422, (int)(await SignalDesk.Judge(browser, first, ("Verdict", "Opened"), ("Title", "甲"))).Status);
        Assert.Equal(302, (int)(await SignalDesk.Judge(browser, first, ("Verdict", "Opened"), ("Title", "甲路路面塌陷"))).Status);
        var opened = await desk.Find(first.Title);
        var topic = await desk.Read(db => db.HotTopics.AsNoTracking().SingleAsync(row => row.Id == opened.TopicId));
        Assert.Equal(("甲路路面塌陷", opened.SiteId, opened.NoticedAt), (topic.Title, topic.SiteId, topic.NoticedAt));

        var refused = await SignalDesk.Judge(browser, second, ("Verdict", "Joined"), ("Reason", "同一件事"));
        Assert.Equal(422, (int)refused.Status);
        Assert.Contains("同一件事", refused.Text, StringComparison.Ordinal);
        Assert.Equal(302, (int)(await SignalDesk.Judge(browser, second, ("Verdict", "Joined"), ("TopicId", topic.Id.ToString()))).Status);
        Assert.Equal(topic.Id, (await desk.Find(second.Title)).TopicId);
        Assert.Equal(2, await desk.Read(db => db.TopicSources.CountAsync(row => row.TopicId == topic.Id)));
        var sources = await browser.Get($"/console/hot-topics/{topic.Id}");
        Assert.NotNull(sources.Document.QuerySelector($"#sources ~ ul a[href='/console/hot-topics/signals/{second.Id}']"));
        Assert.DoesNotContain("signals/", sources.Document.QuerySelector("#sources ~ ul")!.TextContent, StringComparison.Ordinal);

        Assert.Equal(422, (int)(await SignalDesk.Judge(browser, third, ("Verdict", "Dismissed"))).Status);
        Assert.Equal(302, (int)(await SignalDesk.Judge(browser, third, ("Verdict", "Dismissed"), ("Reason", "与政务无关，电话13800001234"))).Status);
        var judged = await desk.Read(db => db.SignalJudgements.AsNoTracking().SingleAsync(row => row.SignalId == third.Id));
        Assert.Equal("与政务无关，电话*******1234", judged.Reason);

        // What somebody has settled is settled, and what was written is not lost.
        var late = await SignalDesk.Judge(browser, third, ("Verdict", "Dismissed"), ("Reason", "晚了一步的理由"));
        Assert.Equal(409, (int)late.Status);
        Assert.Contains("晚了一步的理由", late.Text, StringComparison.Ordinal);
        Assert.Equal(404, (int)(await SignalDesk.Judge(await desk.OfficerOf("jyt"), third, ("Verdict", "Dismissed"), ("Reason", "不归我管"))).Status);
    }

    [Fact]
    public async Task A_list_shows_what_is_open_and_narrows_by_source()
    {
        await desk.Raised("列表中的一条线索");
        var browser = await desk.OfficerOf();
        var page = await browser.Get("/console/hot-topics/signals");
        Assert.Contains("列表中的一条线索", page.Text, StringComparison.Ordinal);
        // The register, below whose address it lies, is not where one is.
        Assert.All(page.Document.QuerySelectorAll(".c-nav__link[aria-current=page]"), link =>
            Assert.Equal("/console/hot-topics/signals", link.GetAttribute("href")));
        Assert.Contains("列表中的一条线索", (await browser.Get("/console/hot-topics/signals?set=All&source=Import")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("列表中的一条线索", (await browser.Get("/console/hot-topics/signals?source=Feed")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("列表中的一条线索", (await browser.Get("/console/hot-topics/signals?set=Settled")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("列表中的一条线索", (await (await desk.OfficerOf("jyt")).Get("/console/hot-topics/signals?set=All")).Text, StringComparison.Ordinal);
        Assert.Contains("舆情线索：待研判", (await browser.Get("/console")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Searches_in_vain_become_a_signal_when_they_are_many_on_several_days()
    {
        var today = BeijingTime.Date(desk.Clock.GetUtcNow());
        await desk.Use<PublishingDbContext>(async db =>
        {
            var site = desk.Site("yunpu").Id;
            db.FruitlessTerms.AddRange(
                new FruitlessTerm { SiteId = site, Day = today.AddDays(-2), Term = "公交月票", Times = 6 },
                new FruitlessTerm { SiteId = site, Day = today.AddDays(-1), Term = "公交月票", Times = 5 },
                new FruitlessTerm { SiteId = site, Day = today.AddDays(-1), Term = "一天之内很多次", Times = 900 },
                new FruitlessTerm { SiteId = site, Day = today.AddDays(-2), Term = "很少", Times = 1 },
                new FruitlessTerm { SiteId = site, Day = today.AddDays(-1), Term = "很少", Times = 1 });
            await db.SaveChangesAsync();
        });
        await desk.Run();
        await desk.Run();
        var found = await desk.Read(db => db.Signals.AsNoTracking()
            .Where(row => row.Source == SignalSource.Search && !row.Title.EndsWith("日期的检索")).ToListAsync());
        var signal = Assert.Single(found);
        Assert.Equal(("公交月票", (int?)11, (int?)2), (signal.Title, signal.Evidence.Count, signal.Evidence.Days));
    }

    [Fact]
    public async Task A_table_is_shown_with_its_faults_and_taken_once()
    {
        var day = BeijingTime.Day(desk.Clock.GetUtcNow());
        var table = "标题,网站,发现日期,来源,链接,次数,摘要\r\n"
            + $"导入的线索一,,{day},某日报,https://news.example/1,12,摘要\r\n"
            + $"=cmd,yunpu,{day.Replace('-', '/')},某日报,,,\r\n"
            + $"线,nowhere,2031-01-01,,javascript:alert(1),-1,联系13800001234\r\n";
        var browser = await desk.OfficerOf();
        var read = await Upload(browser, Encoding.UTF8.GetBytes(table));
        Assert.Equal(200, (int)read.Status);
        Assert.Contains("可以导入 2 行", read.Text, StringComparison.Ordinal);
        Assert.Contains("有 7 处问题", read.Text, StringComparison.Ordinal);
        Assert.Contains("次数应当是大于0的整数", read.Text, StringComparison.Ordinal);
        Assert.False(await desk.Read(db => db.Signals.AnyAsync(row => row.Title == "导入的线索一")));

        var packed = read.Document.QuerySelector("input[name=Packed]")!.GetAttribute("value")!;
        var faults = await browser.Post("/console/hot-topics/signals/import/faults", new() { ["Packed"] = packed }, "/console/account/password");
        Assert.StartsWith("text/csv", faults.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("\"4\",\"标题\"", faults.Text, StringComparison.Ordinal);

        Dictionary<string, string> take = new() { ["Packed"] = packed, ["Take"] = "true" };
        var taken = await browser.Post("/console/hot-topics/signals/import", take, "/console/account/password");
        Assert.Contains("已导入 2 条", taken.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("可以导入", taken.Text, StringComparison.Ordinal);
        Assert.Contains("已导入 0 条", (await browser.Post("/console/hot-topics/signals/import", take, "/console/account/password")).Text, StringComparison.Ordinal);
        Assert.Equal(1, await desk.Read(db => db.Signals.CountAsync(row => row.Title == "导入的线索一")));
    }

    [Fact]
    public async Task What_is_odd_about_a_table_is_said_for_what_it_is()
    {
        var browser = await desk.OfficerOf();
        var day = BeijingTime.Day(desk.Clock.GetUtcNow());
        var twice = await Upload(browser, Encoding.UTF8.GetBytes($"标题,发现日期,来源\n写了两遍的线索,{day},周报\n写了两遍的线索,{day},周报\n"));
        Assert.Single(twice.Document.QuerySelectorAll("th small"));
        Assert.Contains("只有列名", (await Upload(browser, "标题,发现日期,来源\n"u8.ToArray())).Text, StringComparison.Ordinal);
        var open = await Upload(browser, Encoding.UTF8.GetBytes($"标题,发现日期,来源\n第一条线索,{day},周报\n\"第二条线索,{day},周报\n第三条线索,{day},周报\n"));
        Assert.Contains("引号没有成对", open.Text, StringComparison.Ordinal);
        Assert.Equal("3", open.Document.QuerySelector("tbody th")!.TextContent);
        var template = await browser.Get("/console/hot-topics/signals/import/template");
        Assert.Contains("这是模板的示例行", (await Upload(browser, template.Bytes)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Days_are_read_as_the_spreadsheets_of_offices_write_them()
    {
        var browser = await desk.OfficerOf();
        var day = BeijingTime.Date(desk.Clock.GetUtcNow());
        foreach (var form in new[] { "yyyy-MM-dd", "yyyy-M-d", "yyyy/MM/dd", "yyyy/M/d", "yyyy年M月d日", "yyyy年MM月dd日" })
        {
            var written = day.ToString(form, CultureInfo.InvariantCulture);
            var read = await Upload(browser, Encoding.UTF8.GetBytes($"标题,发现日期,来源\n日期线索,{written},周报\n"));
            Assert.Contains("可以导入 1 行", read.Text, StringComparison.Ordinal);
        }

        foreach (var written in new[] { "2026/13/1", "11/20/2026", "20日", day.AddDays(1).ToString("yyyy/M/d", CultureInfo.InvariantCulture) })
        {
            Assert.Contains("日期写成", (await Upload(browser, Encoding.UTF8.GetBytes($"标题,发现日期,来源\n日期线索,{written},周报\n"))).Text, StringComparison.Ordinal);
        }

        Assert.Contains("次数应当是大于0的整数", (await Upload(browser, Encoding.UTF8.GetBytes($"标题,发现日期,来源,次数\n次数线索,{day:yyyy-MM-dd},周报,0\n"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_of_searches_says_its_days_only_where_it_has_them()
    {
        async Task<string> Shown(string title, SignalEvidence evidence)
        {
            await desk.Use<SignalWriter, int>(writer => writer.RaiseAsync(
                [new NoticedSignal(desk.Site("yunpu").Id, SignalSource.Search, title, evidence, SignalWriter.Fingerprint(SignalSource.Import, title))],
                null, CancellationToken.None));
            return (await (await desk.OfficerOf()).Get($"/console/hot-topics/signals/{(await desk.Find(title)).Id}")).Text;
        }

        var undated = await Shown("没有日期的检索", new SignalEvidence { Count = 19, Days = 3 });
        Assert.Contains("在3天里共检索19次", undated, StringComparison.Ordinal);
        Assert.DoesNotContain("至，", undated, StringComparison.Ordinal);
        var dated = await Shown(
            "有日期的检索", new SignalEvidence { Count = 19, Days = 3, From = new DateOnly(2026, 11, 15), To = new DateOnly(2026, 11, 21) });
        Assert.Contains("2026-11-15至2026-11-21，在3天里共检索19次", dated, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_in_the_older_encoding_is_read_and_nonsense_is_told()
    {
        var browser = await desk.OfficerOf();
        var day = BeijingTime.Day(desk.Clock.GetUtcNow());
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        Assert.Contains("老式表格的线索", (await Upload(browser, encoding.GetBytes($"标题,发现日期,来源\n老式表格的线索,{day},周报\n"))).Text, StringComparison.Ordinal);
        Assert.Contains("第一行应当是列名", (await Upload(browser, "甲,乙\n"u8.ToArray())).Text, StringComparison.Ordinal);
        Assert.Contains("超过 512 KB", (await Upload(browser, new byte[600 * 1024])).Text, StringComparison.Ordinal);
        Assert.Contains("超过 1000 行", (await Upload(
            browser, Encoding.UTF8.GetBytes("标题,发现日期,来源\n" + string.Concat(Enumerable.Range(0, 1001).Select(index => $"线索{index},{day},周报\n"))))).Text, StringComparison.Ordinal);
        Assert.Equal(422, (int)(await browser.Post("/console/hot-topics/signals/import", new() { ["Packed"] = "eA==", ["Take"] = "true" }, "/console/account/password")).Status);
    }

    [Fact]
    public async Task A_feed_is_asked_for_what_is_new_and_says_when_it_fails()
    {
        var browser = await desk.OfficerOf();
        foreach (var inside in new[] { "http://127.0.0.1:1/rss", "https://10.0.0.1/rss", "file:///etc/passwd", "https://user@news.example/rss", "rss",
            "https://localhost/f.xml", "https://newsroom/f.xml", "https://news.local/f.xml", "https://[::1]/f.xml" })
        {
            Assert.Equal(422, (int)(await Add(browser, inside)).Status);
        }

        Assert.Equal(302, (int)(await Add(browser, desk.FeedAddress)).Status);
        var added = await browser.Get("/console/hot-topics/signals/feeds");
        Assert.Equal("尚未获取", added.Document.QuerySelector("tbody td")!.TextContent.Trim());
        Assert.Equal(422, (int)(await Add(browser, desk.FeedAddress)).Status);
        Assert.Equal(1, await Pull());
        Assert.Equal("正常", (await browser.Get("/console/hot-topics/signals/feeds")).Document.QuerySelector("tbody td")!.TextContent.Trim());
        var signal = await desk.Find("文庙街供水恢复，水质检测结果公布");
        Assert.Equal(("某日报要闻", "https://news.example/1", new DateOnly(2026, 11, 20)), (signal.Evidence.Origin, signal.Evidence.Link, signal.Evidence.From));

        // Asked again, the newspaper has nothing new; without its memory it sends all again, and nothing is raised twice.
        Assert.Equal((0, "\"v1\""), (await Pull(), desk.AskedFor));
        await desk.Read(db => db.SignalFeeds.ExecuteUpdateAsync(set => set.SetProperty(row => row.EntityTag, (string?)null)));
        Assert.Equal(0, await Pull());

        desk.Answer = Results.StatusCode(500);
        await Pull();
        desk.Answer = Results.Text("<!DOCTYPE a [<!ENTITY b \"c\">]><rss>&b;</rss>", "application/xml");
        await Pull();
        var failing = await desk.Read(db => db.SignalFeeds.AsNoTracking().SingleAsync());
        Assert.Equal(2, failing.Failures);
        Assert.Contains(
            "连续失败2次：对方返回的内容不是 RSS 或者 Atom，无法读取", (await browser.Get("/console/hot-topics/signals/feeds")).Text, StringComparison.Ordinal);

        // A name that leads inside is told in words of the office; so is one that nobody has any more.
        foreach (var (address, words) in new[] { ("https://localhost/f.xml", "指向本机或者内部网络"), ("https://10.0.0.1/f.xml", "指向本机或者内部网络") })
        {
            await desk.Read(db => db.SignalFeeds.ExecuteUpdateAsync(set => set.SetProperty(row => row.Address, address)));
            await Pull();
            Assert.Contains(words, (await browser.Get("/console/hot-topics/signals/feeds")).Text, StringComparison.Ordinal);
        }

        failing = await desk.Read(db => db.SignalFeeds.AsNoTracking().SingleAsync());
        desk.Answer = null;
        Assert.Equal(404, (int)(await Switch(await desk.OfficerOf("jyt"), failing)).Status);
        Assert.Equal(302, (int)(await Switch(browser, failing)).Status);
        Assert.Equal(409, (int)(await Switch(browser, failing)).Status);
        await Pull();
        Assert.Equal(failing.TriedAt, (await desk.Read(db => db.SignalFeeds.AsNoTracking().SingleAsync())).TriedAt);
    }

    private static Task<Answer> Add(Browser browser, string address) => browser.Post(
        "/console/hot-topics/signals/feeds", new() { ["Name"] = "某日报要闻", ["Address"] = address, ["Words"] = "供水 停水" }, "/console/account/password");

    private static Task<Answer> Switch(Browser browser, SignalFeed feed) => browser.Post(
        $"/console/hot-topics/signals/feeds/{feed.Id}",
        new() { ["Version"] = feed.Version.ToString(CultureInfo.InvariantCulture), ["On"] = "false" }, "/console/account/password");

    private Task<int> Pull() => desk.Use<PullFeeds, int>(feeds => feeds.RunAsync(CancellationToken.None));

    private async Task<List<Guid>> Wrote(string matter, int letters)
    {
        List<Guid> written = [];
        for (var index = 0; index < letters; index++)
        {
            written.Add((await desk.Written(
                Names[index], matter + "，" + (char)(0x9000 + index), $"{(char)(0x8a00 + index)}，{matter}。{(char)(0x8b00 + index)}{(char)(0x8c00 + index)}，{new string((char)(0x8d00 + index), 6)}")).Id);
        }

        return written;
    }

    private static Task<Answer> Upload(Browser browser, byte[] content)
    {
        var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(file, "File", "signals.csv");
        return browser.PostContent("/console/hot-topics/signals/import", form, "/console/account/password");
    }
}
