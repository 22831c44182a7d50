using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Disclosure.Directory;
using Portal.Disclosure.Directory.BrowseDirectory;
using Portal.Publishing;
using Portal.Publishing.Documents;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Directory;

/// <summary>What the public finds, over HTTP and without JavaScript.</summary>
public sealed class DirectoryPageTests(DisclosureHost host) : IClassFixture<DisclosureHost>
{
    [Fact]
    public async Task The_platform_links_to_what_is_there_and_names_all_fifteen_items()
    {
        await host.Entry(await host.Channel());
        using var visitor = host.Visitor();
        var page = await visitor.Get("/disclosure");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(15, page.Document.QuerySelectorAll(".p-items__item").Length);
        Assert.Single(page.Document.QuerySelectorAll("a[href='/disclosure/directory?item=01']"));
        Assert.Empty(page.Document.QuerySelectorAll("a[href='/disclosure/directory?item=14']"));
        Assert.Single(page.Document.QuerySelectorAll("main a[href='/disclosure/requests']"));
    }

    [Fact]
    public async Task Every_platform_has_a_guide_and_rules_its_own_or_those_made_for_it()
    {
        using var visitor = host.Visitor("lanqiao");
        var page = await visitor.Get("/disclosure");
        Assert.Single(page.Document.QuerySelectorAll("main a[href='/disclosure/guide']"));
        Assert.Single(page.Document.QuerySelectorAll("main a[href='/disclosure/rules']"));
        var guide = (await visitor.Get("/disclosure/guide")).Document.QuerySelector("main")!.TextContent;
        Assert.Contains(host.Site("lanqiao").OrganisationName + "信息公开指南", guide, StringComparison.Ordinal);
        Assert.Contains("工作日上午9:00", guide, StringComparison.Ordinal);
        var rules = (await visitor.Get("/disclosure/rules")).Document.QuerySelector("main")!.TextContent;
        Assert.Contains("尚未在本网站发布本机关的政府信息公开制度", rules, StringComparison.Ordinal);
        Assert.Contains("国务院令第711号", rules, StringComparison.Ordinal);

        var own = await host.Channel("yunpu");
        await host.Use<PublishingDbContext>(db => db.Channels.Where(row => row.Id == own.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, "政府信息公开制度")));
        using var other = host.Visitor("yunpu");
        var its = await other.Get("/disclosure");
        Assert.Single(its.Document.QuerySelectorAll($"main .p-tiles a[href='/{own.Path}']"));
        Assert.Empty(its.Document.QuerySelectorAll("main a[href='/disclosure/rules']"));
    }

    [Theory]
    [InlineData("云政办发〔2026〕707号")]
    [InlineData("云政办发[2026]707号")]
    [InlineData("云政办发【2026】第0707号")]
    [InlineData("云政办发（２０２６）７０７号")]
    public async Task A_number_is_found_in_any_spelling(string typed)
    {
        var title = "关于编号试验的通知" + typed.Length + typed[4];
        await host.Entry(await host.Channel("jyt"), edition =>
        {
            edition.Title = title;
            edition.Fields["documentNumber"] = "云政办发〔2026〕707号";
        });
        using var visitor = host.Visitor("jyt");
        Assert.Contains(title, await Titles(visitor, "?number=" + Uri.EscapeDataString(typed)));
    }

    [Fact]
    public async Task A_number_is_looked_up_within_whatever_else_is_asked()
    {
        var entry = await host.Entry(await host.Channel("jyt"), edition =>
        {
            edition.Title = "关于并列条件的通知";
            edition.Fields["documentNumber"] = "云教函〔2026〕808号";
        });
        await host.Entry(await host.Channel(), edition => edition.Title = "关于别处的通知");
        using var visitor = host.Visitor();
        foreach (var number in new[] { "number=" + Uri.EscapeDataString("云教函〔2026〕808号"), "index=" + Uri.EscapeDataString(entry.IndexNumber) })
        {
            foreach (var met in new[]
            {
                "", "&site=jyt", "&subject=11", "&subject=1102", "&validity=effective", "&genre=" + entry.Genre, "&year=" + entry.Year,
                $"&from={entry.Year}-01-01&to={entry.Year}-12-31", "&q=" + Uri.EscapeDataString("并列条件"),
            })
            {
                Assert.Equal(met + entry.Title, met + string.Join('|', await Titles(visitor, "?" + number + met)));
            }

            foreach (var unmet in new[]
            {
                "&site=" + TestData.ProvinceKey, "&subject=07", "&validity=repealed", "&genre=07", "&item=14", "&year=1999",
                $"&from={entry.Year + 1}-01-01", "&to=1999-12-31", "&q=" + Uri.EscapeDataString("别处"),
            })
            {
                var page = await visitor.Get("/disclosure/directory?" + number + unmet);
                Assert.Equal((unmet, HttpStatusCode.OK, 0), (unmet, page.Status, TitlesOf(page).Count));
            }
        }
    }

    [Theory]
    [InlineData("number", "云卫函〔2026〕909")]
    [InlineData("number", "云卫函[2026]第909")]
    [InlineData("number", "云卫函（2026）")]
    [InlineData("number", "云卫函【2026")]
    [InlineData("number", "云卫函")]
    public async Task A_number_may_be_typed_without_its_end(string key, string typed)
    {
        var entry = await host.Entry(await host.Channel("jyt"), edition =>
        {
            edition.Title = $"关于不完整编号的通知{typed.Length}{typed[3..].GetHashCode(StringComparison.Ordinal)}";
            edition.Fields["documentNumber"] = "云卫函〔2026〕909号";
        });
        await host.Entry(await host.Channel("jyt"), edition =>
        {
            edition.Title = "关于另一编号的通知";
            edition.Fields["documentNumber"] = "云疾函〔2026〕9091号";
        });
        using var visitor = host.Visitor("jyt");
        var titles = await Titles(visitor, $"?{key}={Uri.EscapeDataString(typed)}");
        Assert.Contains(entry.Title, titles);
        Assert.DoesNotContain("关于另一编号的通知", titles);
        Assert.Contains(entry.Title, await Titles(visitor, "?index=" + Uri.EscapeDataString(entry.IndexNumber[..^2])));
        Assert.Empty(await Titles(visitor, "?index=" + Uri.EscapeDataString(entry.IndexNumber[1..])));
        Assert.Empty(await Titles(visitor, "?number=" + Uri.EscapeDataString("云卫函〔2026〕90")));
        Assert.Empty(await Titles(visitor, "?number=" + Uri.EscapeDataString("云%函")));
        Assert.Empty(await Titles(visitor, "?index=" + Uri.EscapeDataString("0000%")));
    }

    [Theory]
    [InlineData("from", "2026-13-45", "请填写存在的日期")]
    [InlineData("to", "昨天", "请填写存在的日期")]
    [InlineData("q", "%", "没有可以检索的文字")]
    [InlineData("q", "' | & !", "没有可以检索的文字")]
    [InlineData("q", "😀", "没有可以检索的文字")]
    [InlineData("q", "教\u0001育", "没有可以检索的文字")]
    [InlineData("number", "〔〕", "请填写文号")]
    [InlineData("number", "云\u0001政", "请填写文号")]
    [InlineData("index", "-", "请填写索引号")]
    public async Task What_is_not_understood_is_said_at_its_field_and_finds_nothing(string key, string typed, string message)
    {
        await host.Entry(await host.Channel("jyt"));
        using var visitor = host.Visitor("jyt");
        var query = $"?{key}={Uri.EscapeDataString(typed)}&genre=15";
        var page = await visitor.Get("/disclosure/directory" + query);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        var field = page.Document.QuerySelector($".p-lookup [name={key}]")!;
        Assert.Equal("true", field.GetAttribute("aria-invalid"));
        Assert.Contains(
            message, page.Document.GetElementById(field.GetAttribute("aria-describedby")!)!.TextContent, StringComparison.Ordinal);
        Assert.Single(page.Document.QuerySelectorAll($".govuk-error-summary a[href='#{field.Id}']"));
        Assert.NotNull(page.Document.QuerySelector("input[type=hidden][name=genre][value='15']"));
        Assert.Empty(page.Document.QuerySelectorAll(".p-results"));
        if (!typed.Any(char.IsControl))
        {
            Assert.Equal(typed, field.GetAttribute("value"));
        }

        var answer = await visitor.Get("/api/directory/v1/entries" + query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var problem = JsonDocument.Parse(answer.Text).RootElement;
        Assert.Equal("检索条件有误", problem.GetProperty("title").GetString());
        Assert.StartsWith(message, problem.GetProperty("errors").GetProperty(key)[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_span_that_ends_before_it_begins_is_refused_in_words()
    {
        using var visitor = host.Visitor("jyt");
        var page = await visitor.Get("/disclosure/directory?from=2026-05-02&to=2026-05-01");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("不能早于", page.Document.GetElementById("to-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("2026-05-02", page.Document.QuerySelector("[name=from]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Numbers_are_looked_up_by_their_indexes()
    {
        var request = new BrowseDirectory { ScopeId = host.Site("jyt").Id, Subject = "11", Validity = "effective" };
        foreach (var (asked, index) in new[]
        {
            (request with { Number = "云教函〔2026〕808号" }, "ix_directory_entries_number"),
            (request with { Number = "云教函〔2026" }, "ix_directory_entries_number"),
            (request with { Index = "000014349/2026-0000" }, "ux_directory_entries_index_number"),
        })
        {
            var plan = await PlanOf(DirectoryBrowser.ListOf(asked, host.Clock.GetUtcNow()));
            Assert.Contains(index, plan, StringComparison.Ordinal);
            Assert.Contains("Index Cond", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_line_names_the_publisher_of_its_record()
    {
        var entry = await host.Entry(await host.Channel(), edition =>
        {
            edition.Title = "关于发布机构的通知";
            edition.Fields["issuer"] = "云岭省人民政府办公厅";
        });
        using var visitor = host.Visitor();
        var page = await visitor.Get("/disclosure/directory?index=" + Uri.EscapeDataString(entry.IndexNumber));
        Assert.NotEqual(entry.OrganisationName, entry.Metadata.One("publisher"));
        Assert.Equal(entry.Metadata.One("publisher"), page.Document.QuerySelector(".p-results__foot span")!.TextContent);
    }

    [Fact]
    public async Task The_directory_is_narrowed_and_searched_and_every_choice_is_a_link()
    {
        var channel = await host.Channel("lanqiao");
        var road = await host.Entry(channel, edition =>
        {
            edition.Title = "关于修缮滨河步道的通知";
            edition.Fields["subject"] = "工业、交通/公路";
        });
        var school = await host.Entry(channel, edition =>
        {
            edition.Title = "关于课后托管的意见";
            edition.Fields["genre"] = "意见";
            edition.Fields["validity"] = "amended";
        });
        using var visitor = host.Visitor("lanqiao");

        Assert.Equal([school.Title, road.Title], await Titles(visitor, ""));
        Assert.Equal([road.Title], await Titles(visitor, "?subject=07"));
        Assert.Equal([road.Title], await Titles(visitor, "?subject=0707"));
        Assert.Equal([school.Title], await Titles(visitor, "?genre=07"));
        Assert.Equal([school.Title], await Titles(visitor, "?validity=amended"));
        Assert.Equal([road.Title], await Titles(visitor, "?q=" + Uri.EscapeDataString("滨河步道")));
        Assert.Equal([], await Titles(visitor, "?q=" + Uri.EscapeDataString("滨河步道") + "&genre=07"));
        Assert.Equal([road.Title], await Titles(visitor, "?index=" + Uri.EscapeDataString(road.IndexNumber)));
        Assert.Equal(2, (await Titles(visitor, "?year=" + road.Year)).Count);
        Assert.Empty(await Titles(visitor, "?from=" + (road.Year + 1) + "-01-01"));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/disclosure/directory?subject=9999")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/disclosure/directory?site=jyt")).Status);

        // A site above has them in its lists; one beside it has not.
        using var above = host.Visitor("yunpu");
        Assert.Contains(road.Title, await Titles(above, ""));
        using var beside = host.Visitor("jyt");
        Assert.DoesNotContain(road.Title, await Titles(beside, ""));
        Assert.Equal(HttpStatusCode.NotFound, (await beside.Get("/disclosure/records/" + road.Id)).Status);

        var page = await visitor.Get("/disclosure/directory?genre=07");
        Assert.Equal("true", page.Document.QuerySelector("a[href='/disclosure/directory?genre=07']")!.GetAttribute("aria-current"));
        Assert.NotNull(page.Document.QuerySelector("input[type=hidden][name=genre][value='07']"));
    }

    [Fact]
    public async Task Pages_lead_through_the_whole_list_and_back()
    {
        var site = await host.Data.Site("zhang" + Guid.CreateVersion7().ToString("N")[^6..]);
        var channel = await host.Channel(site.Key);
        List<string> all = [];
        for (var i = 0; i < 45; i++)
        {
            all.Insert(0, (await host.Publish(channel)).Title);
        }

        await host.DrainOutbox();
        using var visitor = host.Visitor(site.Key);
        foreach (var search in new[] { "", "?q=" + Uri.EscapeDataString("方案") })
        {
            List<string> seen = [];
            var address = "/disclosure/directory" + search;
            string? last = null;
            while (address is not null)
            {
                var page = await visitor.Get(address);
                seen.AddRange(TitlesOf(page));
                last = page.Document.QuerySelector("a[rel=prev]")?.GetAttribute("href");
                address = page.Document.QuerySelector("a[rel=next]")?.GetAttribute("href");
            }

            Assert.Equal(all, seen);
            Assert.Equal(all.Skip(20).Take(20), TitlesOf(await visitor.Get(last!)));
        }
    }

    [Fact]
    public async Task A_record_shows_its_metadata_its_text_and_its_relations_from_both_sides()
    {
        var channel = await host.Channel();
        var old = await host.Entry(channel, edition =>
        {
            edition.Title = "关于旧办法的通知";
            edition.Fields["documentNumber"] = "云政发〔2020〕3号";
            edition.Fields["validity"] = "repealed";
            edition.Fields["repealedOn"] = "2026-02-01";
            edition.Fields["repealedBy"] = "云政发[2026]801号";
        });
        var renewed = await host.Entry(channel, edition =>
        {
            edition.Title = "关于新办法的通知";
            edition.Fields["documentNumber"] = "云政发〔2026〕801号";
        });
        using var visitor = host.Visitor();

        var page = await visitor.Get("/disclosure/records/" + old.Id);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var table = page.Document.QuerySelector(".p-metadata")!.TextContent;
        Assert.Contains(old.IndexNumber, table, StringComparison.Ordinal);
        Assert.Contains("科技、教育/教育", table, StringComparison.Ordinal);
        Assert.Contains("正文第二段。", page.Document.QuerySelector(".p-body")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("该文件已废止", page.Document.QuerySelector(".p-banner__title")!.TextContent);
        Assert.Equal("关于新办法的通知", page.Document.QuerySelector($".p-related a[href='/disclosure/records/{renewed.Id}']")!.TextContent);
        Assert.Equal(old.IndexNumber, page.Document.QuerySelector("meta[name=Identifier]")!.GetAttribute("content"));

        var other = await visitor.Get("/disclosure/records/" + renewed.Id);
        Assert.Equal("废止", other.Document.QuerySelector(".p-related__item .p-tag")!.TextContent);
        Assert.Single(other.Document.QuerySelectorAll($".p-related a[href='/disclosure/records/{old.Id}']"));
    }

    [Fact]
    public async Task A_record_is_downloaded_as_text()
    {
        var entry = await host.Entry(await host.Channel());
        using var visitor = host.Visitor();
        var answer = await visitor.Get($"/disclosure/records/{entry.Id}.txt");
        Assert.Equal("text/plain; charset=utf-8", answer.Header("Content-Type"));
        Assert.StartsWith("attachment", answer.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.Contains("索引号：" + entry.IndexNumber, answer.Text, StringComparison.Ordinal);
        Assert.Contains("正文第一段。", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_record_answers_with_a_tombstone_and_leaves_the_lists_at_once()
    {
        var channel = await host.Channel("yunpu");
        var entry = await host.Entry(channel, edition => edition.Title = "关于撤下试验的通知");
        using var visitor = host.Visitor("yunpu");
        Assert.Contains(entry.Title, await Titles(visitor, ""));
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/disclosure/records/" + entry.Id)).Status);

        await host.Entry(
            channel,
            edition =>
            {
                edition.Unpublishing = UnpublishingKind.Gone;
                edition.UnpublishingReason = "数据有误。";
            },
            entry.DocumentId);

        var stone = await visitor.Get("/disclosure/records/" + entry.Id);
        Assert.Equal(HttpStatusCode.Gone, stone.Status);
        var text = stone.Document.QuerySelector("main")!.TextContent;
        Assert.Contains(entry.IndexNumber, text, StringComparison.Ordinal);
        Assert.Contains("数据有误。", text, StringComparison.Ordinal);
        Assert.DoesNotContain("正文", text, StringComparison.Ordinal);
        Assert.DoesNotContain(entry.Title, await Titles(visitor, ""));
        Assert.Equal(["关于撤下试验的通知"], await Titles(visitor, "?index=" + Uri.EscapeDataString(entry.IndexNumber)));
        Assert.Equal(HttpStatusCode.Gone, (await visitor.Get($"/disclosure/records/{entry.Id}.txt")).Status);
    }

    [Fact]
    public async Task Feeds_tell_the_newest_entries()
    {
        var entry = await host.Entry(await host.Channel(), edition => edition.Title = "关于订阅试验的通知");
        using var visitor = host.Visitor();
        var atom = await visitor.Get("/disclosure/feed.xml");
        Assert.Equal("application/atom+xml; charset=utf-8", atom.Header("Content-Type"));
        Assert.Contains($"urn:uuid:{entry.Id}", atom.Text, StringComparison.Ordinal);
        var json = JsonDocument.Parse((await visitor.Get("/disclosure/feed.json")).Text).RootElement;
        Assert.Contains(json.GetProperty("items").EnumerateArray(), item => item.GetProperty("title").GetString() == entry.Title);
    }

    [Fact]
    public async Task The_same_lists_and_records_are_there_as_json()
    {
        var entry = await host.Entry(await host.Channel("jyt"), edition => edition.Title = "关于接口试验的通知");
        using var visitor = host.Visitor("jyt");
        var list = JsonDocument.Parse((await visitor.Get(
            "/api/directory/v1/entries?q=" + Uri.EscapeDataString("接口试验"))).Text).RootElement;
        var line = Assert.Single(list.GetProperty("entries").EnumerateArray());
        Assert.Equal(entry.IndexNumber, line.GetProperty("indexNumber").GetString());
        var record = JsonDocument.Parse((await visitor.Get("/api/directory/v1/entries/" + entry.Id)).Text).RootElement;
        Assert.Equal("1102", record.GetProperty("metadata").GetProperty("subject").GetString());
        Assert.Contains("正文第一段。", record.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/api/directory/v1/entries?genre=zz")).Status);
        using var beside = host.Visitor("yunpu");
        Assert.Equal(HttpStatusCode.NotFound, (await beside.Get("/api/directory/v1/entries/" + entry.Id)).Status);
    }

    [Fact]
    public async Task A_page_costs_one_or_two_round_trips_however_much_it_shows()
    {
        var channel = await host.Channel("jyt");
        var entry = await host.Entry(channel);
        for (var i = 0; i < 22; i++)
        {
            await host.Publish(channel);
        }

        await host.DrainOutbox();
        using var visitor = host.Visitor("jyt");
        foreach (var (path, most) in new Dictionary<string, int>
        {
            ["/disclosure/directory"] = 1,
            ["/disclosure/directory?q=" + Uri.EscapeDataString("通知")] = 1,
            ["/disclosure/records/" + entry.Id] = 1,
            ["/disclosure"] = 1,
            ["/disclosure/feed.xml"] = 1,
        })
        {
            await visitor.Get("/~large" + path);
            var count = await CountAsync(() => visitor.Get(path));
            Assert.True(count >= 1 && count <= most, $"{path} took {count}");
        }
    }

    private static async Task<IReadOnlyList<string>> Titles(Browser visitor, string query)
    {
        var page = await visitor.Get("/disclosure/directory" + query);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return TitlesOf(page);
    }

    private static List<string> TitlesOf(Answer page) =>
        [.. page.Document.QuerySelectorAll(".p-results__title").Select(title => title.TextContent.Trim())];

    private async Task<string> PlanOf(SqlText statement)
    {
        await using var connection = new NpgsqlConnection(host.OwnerConnection);
        await connection.OpenAsync();
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("set enable_seqscan = off"));
        statement.Text = "explain " + statement.Text;
        batch.BatchCommands.Add(statement.Command());
        await using var reader = await batch.ExecuteReaderAsync();
        List<string> lines = [];
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    // Batches of the module; the poll for settings and sites of the set-up reads other schemas.
    private async Task<int> CountAsync(Func<Task> work)
    {
        var database = new NpgsqlConnectionStringBuilder(host.OwnerConnection).Database;
        var count = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("db.namespace"), database)
                    && activity.GetTagItem("db.query.text") is string sql
                    && sql.Contains("disclosure.", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref count);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await work();
        return count;
    }
}
