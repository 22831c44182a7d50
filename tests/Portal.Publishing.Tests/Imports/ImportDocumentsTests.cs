using System.CommandLine;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Publishing.Channels;
using Portal.Publishing.Imports;
using Portal.Publishing.Imports.ImportDocuments;
using Portal.Publishing.Tests.Pages;
using Portal.Shared.Decisions;
using Portal.Testing;

namespace Portal.Publishing.Tests.Imports;

public sealed class ImportDocumentsTests(PublicSite host) : IClassFixture<PublicSite>
{
    private const string Law =
        """
        {"id":"abc123","title":"云岭省古树名木保护条例","date":"2020-09-24","history":["2013年7月26日 云岭省第十二届人民代表大会常务委员会第四次会议通过","2014年1月1日 施行"],"body":"## 第一章  总则\n\n第一条 为了保护古树名木，制定本条例。"}
        """;

    [Fact]
    public async Task A_law_becomes_a_live_page_with_its_facts_its_list_and_its_search()
    {
        var channel = await host.Channel("laws", ChannelType.Policies);

        var report = await Import(channel, Law);

        Assert.Equal((1, 0, 0), (report.Imported, report.Unchanged, report.Rejections.Count));
        using var visitor = host.Visitor();
        var page = await visitor.Get("/laws/abc123");
        Assert.Contains("古树名木", page.Text, StringComparison.Ordinal);
        Assert.Contains("2013-07-26", page.Text, StringComparison.Ordinal);
        Assert.Contains("2014-01-01", page.Text, StringComparison.Ordinal);
        Assert.Contains("云岭省人民代表大会常务委员会", page.Text, StringComparison.Ordinal);
        Assert.Contains("/laws/abc123", (await visitor.Get("/laws")).Text, StringComparison.Ordinal);
        Assert.Contains("/laws/abc123", (await visitor.Get("/search?q=" + Uri.EscapeDataString("古树名木"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_import_changes_nothing()
    {
        var channel = await host.Channel("twice", ChannelType.Policies);
        var line = Law.Replace("abc123", "twice1", StringComparison.Ordinal);
        await Import(channel, line);

        var report = await Import(channel, line);

        Assert.Equal((0, 1), (report.Imported, report.Unchanged));
    }

    [Fact]
    public async Task An_imported_edition_has_no_reviews_and_names_its_batch()
    {
        var channel = await host.Channel("batch", ChannelType.Policies);
        var report = await Import(channel, Law.Replace("abc123", "batch1", StringComparison.Ordinal));

        await host.Use<PublishingDbContext>(async db =>
        {
            var edition = await db.Editions.SingleAsync(row => row.ChannelId == channel.Id);
            Assert.Equal(report.BatchId, edition.ImportBatchId);
            Assert.False(await db.Reviews.AnyAsync(review => review.EditionId == edition.Id));
            Assert.Equal("王批准", (await db.ImportBatches.SingleAsync(row => row.Id == report.BatchId)).ApprovedByName);
            var told = await db.Outbox.Where(row => row.Type == typeof(DecisionTaken).FullName).Select(row => row.Payload).ToListAsync();
            Assert.Contains(told, payload => payload.Contains("publishing.import.completed", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        var channel = await host.Channel("dry", ChannelType.Policies);
        var report = await Import(channel, Law.Replace("abc123", "dry1", StringComparison.Ordinal), dryRun: true);

        Assert.Equal(1, report.Imported);
        await host.Use<PublishingDbContext>(async db =>
        {
            Assert.False(await db.Editions.AnyAsync(row => row.ChannelId == channel.Id));
            Assert.False(await db.ImportBatches.AnyAsync(row => row.Id == report.BatchId));
        });
    }

    [Fact]
    public async Task Bad_lines_are_named_with_their_reason_and_the_rest_is_imported()
    {
        var channel = await host.Channel("bad", ChannelType.Policies);
        var good = Law.Replace("abc123", "good1", StringComparison.Ordinal).Trim();
        byte[] file =
        [
            .. Encoding.UTF8.GetBytes(good + "\n"),
            .. "{\"id\":\"x\n"u8,
            .. "{\"id\":\"notitle\",\"title\":\"\",\"body\":\"b\"}\n"u8,
            .. "{\"id\":\"nobody\",\"title\":\"t\"}\n"u8,
            .. "{\"id\":\"date\",\"title\":\"t\",\"date\":\"2020-13-40\",\"body\":\"b\"}\n"u8,
            .. Encoding.UTF8.GetBytes(good + "\n"),
            .. "{\"id\":\"utf\",\"title\":\""u8, 0xff, 0xfe, .. "\",\"body\":\"b\"}\n"u8,
            .. "[]\n"u8,
            .. "{\"id\":\"hist\",\"title\":\"t\",\"history\":[1],\"body\":\"b\"}\n"u8,
            .. Encoding.UTF8.GetBytes($"{{\"id\":\"long\",\"title\":\"{new string('长', 201)}\",\"body\":\"b\"}}\n"),
            .. Encoding.UTF8.GetBytes("{\"id\":\"half\",\"title\":\"单独\\ud800代理\",\"date\":\"2020-01-01\",\"body\":\"x\"}\n"),
            .. "{\"id\":\"half2\",\"title\":\"t\",\"history\":[\"\\udc00\"],\"body\":\"b\"}\n"u8,
            .. "{\"id\":\"half3\",\"\\ud800\":1,\"title\":\"t\",\"body\":\"\\ud800\"}\n"u8,
            .. "{\"id\":\"nul\\u0000\",\"title\":\"t\",\"body\":\"b\"}\n"u8,
            .. "{\"id\":\"later\",\"title\":\"t\",\"date\":\"2099-01-01\",\"body\":\"b\"}\n"u8,
            .. "\n"u8,
            .. "{\"id\":\"nul\",\"title\":\"末\\u0000行\",\"body\":\"b\\u0000b\",\"history\":[\"\\u0000\"]}\n"u8,
            .. "{\"id\":\"last\",\"title\":\"末行\",\"body\":\"没有换行的末行\"}"u8,
        ];

        var looked = await Import(channel, file, dryRun: true);
        var report = await Import(channel, file);

        Assert.Equal(3, report.Imported);
        Assert.Equal(looked.Rejections.Select(row => row.Reason), report.Rejections.Select(row => row.Reason));
        Assert.Equal(Enumerable.Range(2, 14), report.Rejections.Select(row => row.Line));
        Assert.All(
            report.Rejections.Zip(Reasons),
            pair => Assert.Contains(pair.Second, pair.First.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_of_fifty_megabytes_is_passed_over_in_bounded_memory()
    {
        using var file = new MemoryStream();
        file.Write(Encoding.UTF8.GetBytes("{\"id\":\"big\",\"body\":\""));
        var block = new byte[1 << 20];
        Array.Fill(block, (byte)'a');
        for (var i = 0; i < 50; i++)
        {
            file.Write(block);
        }

        file.Write("\"}\n{}\n"u8);
        file.Position = 0;
        using var lines = new ImportLines(file);
        List<ImportLine> read = [];
        await foreach (var line in lines.ReadAsync(CancellationToken.None))
        {
            read.Add(line);
        }

        Assert.Equal([1, 2], read.Select(line => line.Number));
        Assert.Contains("longer than", read[0].Problem, StringComparison.Ordinal);
        Assert.Equal("{}", read[1].Text);
    }

    [Fact]
    public async Task A_gzip_bomb_is_given_up()
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
        {
            var block = new byte[1 << 20];
            for (var i = 0; i < 200; i++)
            {
                gzip.Write(block);
            }
        }

        file.Position = 0;
        using var lines = new ImportLines(file);
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var line in lines.ReadAsync(CancellationToken.None))
            {
                Assert.Null(line.Text);
            }
        });
    }

    [Fact]
    public async Task A_gzip_file_that_is_cut_short_is_called_so()
    {
        var random = new Random(1);
        var text = string.Join('\n', Enumerable.Range(0, 400).Select(_ => $"{{\"id\":\"{random.NextInt64()}\"}}"));
        var file = Gzip(text);

        Assert.Equal(400, (await Lines(file)).Count);
        Assert.Equal(800, (await Lines([.. Gzip(text + "\n"), .. file])).Count);
        foreach (var length in (int[])[5, 30, file.Length / 2, file.Length - 9, file.Length - 3, file.Length - 1])
        {
            var problem = await Assert.ThrowsAsync<InvalidDataException>(() => Lines(file[..length]));
            Assert.Contains("cut short", problem.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("effective", null, "1984年9月20日 全国人民代表大会常务委员会第七次会议通过", "1998年4月29日 第二次会议修正")]
    [InlineData("effective", null, "2005年5月1日 国务院公布", "2014年2月19日 《国务院关于废止和修改部分行政法规的决定》第一次修订")]
    [InlineData("effective", null, "2005年5月1日 国务院公布", "2006年1月1日起施行，《旧办法》同时废止")]
    [InlineData("repealed", "2020-03-01", "2005年5月1日 省人民政府公布", "2020年3月1日 根据《关于废止部分规章的决定》废止")]
    [InlineData("repealed", null, "2005年5月1日 省人民政府公布", "已废止。")]
    [InlineData("expired", "2010-12-31", "2005年5月1日 省人民政府公布", "２０１０年１２月３１日 有效期满，自行失效")]
    [InlineData(null, null, "2005年5月1日 省人民政府公布", "2099年3月1日起废止")]
    [InlineData(null, null, "2005年5月1日 省人民政府公布", "2010年1月1日 第三条废止")]
    [InlineData(null, null, "2005年5月1日 省人民政府公布", "2099年1月1日 施行")]
    [InlineData(null, null, "修订中")]
    public void A_law_is_called_in_force_only_where_its_history_says_so(
        string? validity, string? repealedOn, params string[] history)
    {
        var record = Read(new { id = "v", title = "条例", date = "2020-01-01", history, body = "b" });

        Assert.Equal(validity, record.Fields.GetValueOrDefault("validity"));
        Assert.Equal(repealedOn, record.Fields.GetValueOrDefault("repealedOn"));
    }

    [Fact]
    public void A_document_without_history_claims_no_validity()
    {
        Assert.DoesNotContain("validity", Read(new { id = "v", title = "条例", body = "b" }).Fields.Keys);
        Assert.DoesNotContain("validity", Read(new { id = "v", title = "条例", date = "2020-01-01", body = "b" }).Fields.Keys);
    }

    [Fact]
    public async Task An_import_without_an_approver_names_who_ran_it()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{"id":"unapproved-1","title":"条例","body":"第一条 内容。"}""", TestContext.Current.CancellationToken);
        using var error = new StringWriter();
        using var output = new StringWriter();
        try
        {
            var channel = await host.Channel("unapproved", ChannelType.Policies);
            string[] arguments = ["documents", file, "--site", TestData.ProvinceKey, "--channel", channel.Path];
            var code = await host.Use<IServiceProvider, int>(services =>
                new ImportCommand().Build(services).Parse(arguments)
                    .InvokeAsync(new InvocationConfiguration { Error = error, Output = output }));

            Assert.True(code == 0, error.ToString());
            Assert.Contains("--approved-by", error.ToString(), StringComparison.Ordinal);
            var batch = await host.Use<PublishingDbContext, ImportBatch>(db =>
                db.ImportBatches.OrderByDescending(row => row.Id).FirstAsync());
            Assert.Equal((null, Environment.UserName), (batch.ApprovedBy, batch.ApprovedByName));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static ImportRecord Read(object line) =>
        ImportRecord.Read(JsonSerializer.Serialize(line), new DateOnly(2026, 11, 23));

    private static byte[] Gzip(string text)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return file.ToArray();
    }

    private static async Task<List<ImportLine>> Lines(byte[] file)
    {
        using var stream = new MemoryStream(file);
        using var lines = new ImportLines(stream);
        List<ImportLine> read = [];
        await foreach (var line in lines.ReadAsync(CancellationToken.None))
        {
            read.Add(line);
        }

        return read;
    }

    private static readonly string[] Reasons =
    [
        "broken JSON", "the title is missing", "the body is missing", "the date 2020-13-40",
        "stands in the file before", "not valid UTF-8", "not a JSON object", "history is not", "the title is longer",
        "title holds half", "history holds half", "half a surrogate", "control character", "2099-01-01 is in the future",
    ];

    private Task<ImportReport> Import(Channel channel, string text, bool dryRun = false) =>
        Import(channel, Encoding.UTF8.GetBytes(text.Trim()), dryRun);

    private async Task<ImportReport> Import(Channel channel, byte[] content, bool dryRun = false)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, content);
            return await host.Use<ImportDocuments, ImportReport>(import => import.RunAsync(
                new ImportRequest(path, host.Site(TestData.ProvinceKey), channel, null, "王批准", dryRun),
                new Progress<long>(),
                CancellationToken.None));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
