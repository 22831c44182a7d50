using System.Net;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;
using Portal.Disclosure.AnnualReports;
using Portal.Publishing.Contracts;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Disclosure.Tests.AnnualReports;

/// <summary>年度报告 from its start to its correction.</summary>
public sealed class AnnualReportTests(ReportDesk desk) : IClassFixture<ReportDesk>
{
    private const string Path = "/console/annual-reports";

    private static readonly string[] Columns = ["made", "repealed", "inForce"];

    [Fact]
    public async Task There_is_one_report_of_a_site_and_year()
    {
        var id = await desk.Started("lanqiao", 2022);
        var officer = await desk.Officer("lanqiao");
        var again = await officer.Post(
            Path, new() { ["SiteId"] = desk.Site("lanqiao").Id.ToString(), ["Year"] = "2022" }, Path);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.NotNull(again.Document.QuerySelector($"a[href='{Path}/{id}']"));
        var before = await officer.Post(
            Path, new() { ["SiteId"] = desk.Site("lanqiao").Id.ToString(), ["Year"] = "2019" }, Path);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, before.Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await (await desk.Officer("jyt")).Get($"{Path}/{id}")).Status);
    }

    [Fact]
    public async Task Regulations_and_normative_documents_are_counted_from_the_directory()
    {
        var site = await desk.Data.Site("fgw");
        var channel = await desk.Channel("fgw");
        // Made in 2025 and in force; made in 2025, in force from 2026; repealed in 2025; expired in 2026; never said when.
        await Normative(channel, "2025-03-01", "effective");
        await Normative(channel, "2025-11-01", "pending", effective: "2026-01-01");
        await Normative(channel, "2019-05-01", "repealed", ended: "2025-06-30");
        await Normative(channel, "2020-05-01", "expired", ended: "2026-02-01");
        await Normative(channel, "2018-05-01", "expired");
        await Normative(channel, "2026-02-01", "effective");
        var report = await desk.Find(await desk.Started("fgw"));
        Assert.Equal(site.OrganisationId, report.OrganisationId);
        Assert.Equal(
            [2, 1, 2],
            Columns.Select(column => (int)report.Cells[$"2-normative-{column}"].Computed!.Value));
        Assert.Equal(0, report.Cells["2-regulation-inForce"].Computed);
        // No request is on record: zeros are proposed, and typed numbers are no overrides.
        Assert.Null(report.Cells["3-1-natural"].Computed);
        Assert.Equal(0, report.Cells["3-1-natural"].Value);

        await Normative(channel, "2025-04-01", "effective");
        Assert.Equal(302, (int)(await desk.Save(
            "fgw", report.Id, ("Cells[2-normative-made]", "5"), ("Reasons[2-normative-made]", "平台启用前的两件尚未补录"))).Status);
        var officer = await desk.Officer("fgw");
        var filled = await officer.Post(
            $"{Path}/{report.Id}/figures", new() { ["Version"] = ReportDesk.Text((await desk.Find(report.Id)).Version) }, $"{Path}/{report.Id}");
        Assert.Equal(302, (int)filled.Status);
        var anew = await desk.Find(report.Id);
        Assert.Equal((5, 3), ((int)anew.Cells["2-normative-made"].Value!, (int)anew.Cells["2-normative-made"].Computed!));
        Assert.Equal("平台启用前的两件尚未补录", anew.Cells["2-normative-made"].Reason);
        Assert.Equal(3, anew.Cells["2-normative-inForce"].Value);
        var page = await officer.Get($"{Path}/{report.Id}");
        Assert.Contains("由2变为3，填报数已人工改动，保持不变", page.Text, StringComparison.Ordinal);
        Assert.Contains("“现行有效件数”列：系统数由2变为3，已更新", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_against_the_records_needs_a_reason()
    {
        var channel = await desk.Channel("jyt");
        await Normative(channel, "2023-03-01", "effective");
        var id = await desk.Started("jyt", 2023);
        var refused = await desk.Save("jyt", id, ("Cells[2-normative-made]", "4"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("表二“行政规范性文件”行“本年制发件数”列填报4，系统数为1，请写明改动理由", refused.Text, StringComparison.Ordinal);
        Assert.NotNull(refused.Document.QuerySelector("input[name='Reasons[2-normative-made]']"));
        Assert.Equal("4", refused.Document.QuerySelector("input[name='Cells[2-normative-made]']")!.GetAttribute("value"));
        Assert.Equal(1, (await desk.Find(id)).Version);

        var wrong = await desk.Save("jyt", id, ("Cells[3-1-natural]", "几件"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        var check = await desk.Save("jyt", id, ("Cells[3-1-natural]", "7"), ("Act", "check"));
        Assert.Equal(HttpStatusCode.OK, check.Status);
        Assert.Contains("表三“自然人”列：第一项加第二项为7，第三项总计加第四项为0，两数应当相等", check.Text, StringComparison.Ordinal);
        Assert.Equal(1, (await desk.Find(id)).Version);
        Assert.Equal(302, (int)(await desk.Save("jyt", id, ("Cells[2-normative-made]", "4"), ("CommonReason", "按台账填报"))).Status);
        Assert.Equal("按台账填报", (await desk.Find(id)).Cells["2-normative-made"].Reason);

        var stale = await desk.Save("jyt", id, ("Version", "1"));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
    }

    [Fact]
    public async Task A_report_of_a_year_that_has_not_ended_is_not_submitted()
    {
        var year = BeijingTime.Date(desk.Clock.GetUtcNow()).Year;
        var id = await desk.Started("jyt", year);
        Assert.Equal(302, (int)(await desk.Save("jyt", id)).Status);
        var refused = await desk.Submit("jyt", id);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains($"{year}年尚未结束", Assert.Single(refused.Errors), StringComparison.Ordinal);
        Assert.Equal(0, await desk.Read(db => db.ReportSubmissions.CountAsync(row => row.ReportId == id)));
    }

    [Fact]
    public async Task What_was_reviewed_is_published_and_a_correction_leaves_the_former_edition_readable()
    {
        await desk.ReportChannel("province");
        var channel = await desk.Channel("province");
        await Normative(channel, "2025-03-01", "effective");
        var id = await desk.Started("province");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await desk.Submit("province", id)).Status);
        Assert.Equal(302, (int)(await desk.Save(
            "province", id, ("Cells[3-1-natural]", "14069"), ("Cells[3-2-natural]", "560"), ("Cells[3-3.1-natural]", "13810"),
            ("Cells[3-4-natural]", "819"), ("Cells[2-normative-made]", "3"), ("CommonReason", "两件尚未补录"))).Status);
        Assert.Equal(302, (int)(await desk.Submit("province", id)).Status);
        var edition = await desk.EditionOf(id);
        Assert.Equal(EditionState.AwaitingFirstReview, edition.State);
        Assert.Equal(HttpStatusCode.Conflict, (await desk.Submit("province", id)).Status);

        // Changed while it is reviewed: what was submitted stays as it was.
        Assert.Equal(302, (int)(await desk.Save("province", id, ("Cells[2-licence-decided]", "77"), ("CommonReason", "两件尚未补录"))).Status);
        await desk.Release(id);
        var published = await desk.Find(id);
        var visitor = desk.Visitor();
        var shelf = await visitor.Get("/disclosure/annual-reports");
        Assert.Contains(published.PublishedTitle!, shelf.Text, StringComparison.Ordinal);
        var page = await visitor.Get("/" + published.PublishedPath);
        var table = page.Document.QuerySelectorAll(".p-table[tabindex='0'] table")
            .Single(one => one.QuerySelector("caption")!.TextContent.Contains("政府信息公开申请", StringComparison.Ordinal));
        Assert.Equal(
            ["14069", "0", "0", "0", "0", "0", "14069"], table.QuerySelectorAll("tbody tr:first-child td").Select(cell => cell.TextContent.Trim()));
        Assert.NotNull(table.QuerySelector("th[scope=colgroup][colspan='5']"));
        Assert.NotNull(table.QuerySelector("th[scope=rowgroup][rowspan='8']"));
        Assert.Contains("注1：表二“行政规范性文件”行“本年制发件数”列填报3，信息公开目录统计数为1。理由：两件尚未补录", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(">77<", page.Text, StringComparison.Ordinal);
        var workbook = await visitor.Get(page.Document.QuerySelector("a[href$='.xlsx']")!.GetAttribute("href")!);
        using (var content = new MemoryStream(workbook.Bytes))
        {
            var rows = (await content.QueryAsync(useHeaderRow: true, sheetName: "表三", cancellationToken: TestContext.Current.CancellationToken))
                .Cast<IDictionary<string, object>>().ToList();
            Assert.Equal(14069d, rows[0]["自然人"]);
            Assert.Equal(25, rows.Count);
        }

        // The correction.
        Assert.Equal(302, (int)(await desk.Submit("province", id)).Status);
        await desk.SendBack(id);
        Assert.Equal(HttpStatusCode.Conflict, (await desk.Submit("province", id)).Status);
        Assert.Equal(302, (int)(await desk.Save("province", id, ("Cells[2-licence-decided]", "78"), ("CommonReason", "两件尚未补录"))).Status);
        Assert.Equal(302, (int)(await desk.Submit("province", id)).Status);
        Assert.Equal(2, (await desk.EditionOf(id)).Number);
        await desk.Release(id);
        Assert.Contains(">78<", (await visitor.Get("/" + published.PublishedPath)).Text, StringComparison.Ordinal);
        var former = await visitor.Get($"/disclosure/annual-reports/{id}/editions/1");
        Assert.Contains("之后已有更正", former.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(">78<", former.Text, StringComparison.Ordinal);
        Assert.Contains("editions/1", (await visitor.Get("/disclosure/annual-reports")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Visitor("jyt").Get($"/disclosure/annual-reports/{id}/editions/1")).Status);

        // Next year begins with what this one carries on.
        var next = await desk.Find(await desk.Started("province", 2026));
        Assert.Equal((819, FigureSource.Previous), ((int)next.Cells["3-2-natural"].Value!, next.Cells["3-2-natural"].Source));
    }

    [Fact]
    public async Task A_composed_document_is_not_edited_by_hand()
    {
        await desk.ReportChannel("lanqiao");
        var id = await desk.Started("lanqiao", 2024);
        Assert.Equal(302, (int)(await desk.Save("lanqiao", id)).Status);
        Assert.Equal(302, (int)(await desk.Submit("lanqiao", id)).Status);

        // The same composition once more changes nothing; another one waits until this one is decided.
        var submitted = await desk.EditionOf(id);
        var again = new ComposeDocument
        {
            DocumentId = submitted.DocumentId,
            CompositionId = Guid.Parse(submitted.Fields["composition"]),
            SiteId = submitted.SiteId,
            ChannelId = submitted.ChannelId,
            Type = "annualReport",
            Slug = submitted.Slug,
            Title = "别的标题",
            Summary = "别的摘要",
            Source = "某单位",
            Body = [new ComposedPart("html", "<p>别的正文</p>")],
            PersonId = Guid.CreateVersion7(),
            PersonName = "测试员",
            PersonUnit = "某单位",
            At = desk.Clock.GetUtcNow(),
        };
        Assert.Equal(submitted.Id, (await desk.Use<ISender, ComposedEdition>(sender => sender.Send(again))).EditionId);
        var other = await desk.Use<ISender, ComposedEdition>(sender => sender.Send(again with { CompositionId = Guid.CreateVersion7() }));
        Assert.Null(other.EditionId);
        Assert.Contains("正在审核", Assert.Single(other.Faults), StringComparison.Ordinal);
        var byHand = await desk.Use<ISender, ComposedEdition>(sender => sender.Send(again with { Type = "article" }));
        Assert.Null(byHand.EditionId);
        Assert.Equal(submitted.ContentHash, (await desk.EditionOf(id)).ContentHash);
        await desk.SendBack(id);
        var edition = await desk.EditionOf(id);
        var author = await desk.SignInAs(await desk.Data.Staff(Role.Author, "lanqiao"));
        var page = await author.Get($"/console/editions/{edition.Id}");
        var edited = await author.PostRaw($"/console/editions/{edition.Id}", new Dictionary<string, string>
        {
            ["_token"] = page.Token!,
            ["version"] = ReportDesk.Text(edition.Version),
            ["ChannelId"] = edition.ChannelId.ToString(),
            ["Slug"] = edition.Slug,
            ["Title"] = "改过的标题",
            ["bodyText"] = "改过的正文",
            ["Fields[composition]"] = edition.Fields["composition"],
        });
        Assert.Equal(HttpStatusCode.Conflict, edited.Status);
        Assert.Equal(edition.ContentHash, (await desk.EditionOf(id)).ContentHash);
        Assert.DoesNotContain("annualReport", (await author.Get("/console/documents/new")).Text, StringComparison.Ordinal);
    }

    private async Task Normative(
        Portal.Publishing.Channels.Channel channel, string written, string validity, string? effective = null, string? ended = null)
    {
        var entry = await desk.Entry(channel);
        await desk.Read(async db =>
        {
            var row = await db.Entries.SingleAsync(one => one.Id == entry.Id);
            row.Metadata = row.Metadata.Copy().Set("kind", "normative").Set("validity", validity).Set("effectiveOn", effective)
                .Set("repealedOn", ended);
            row.WrittenOn = DateOnly.Parse(written, System.Globalization.CultureInfo.InvariantCulture);
            row.Validity = validity;
            return await db.SaveChangesAsync();
        });
    }
}

/// <summary>Pages stay at the same number of statements, however many reports there are.</summary>
public sealed class AnnualReportQueryTests(ReportDesk desk) : IClassFixture<ReportDesk>
{
    private static readonly string[] Sites = ["province", "jyt", "yunpu", "lanqiao"];

    [Fact]
    public async Task Lists_ask_as_often_for_many_reports_as_for_few()
    {
        var now = desk.Clock.GetUtcNow();
        await desk.Read(async db =>
        {
            foreach (var key in Sites)
            {
                var site = desk.Site(key);
                var report = new AnnualReport
                {
                    Id = Guid.CreateVersion7(now),
                    SiteId = site.Id,
                    SitePath = [.. site.Path],
                    OrganisationId = site.OrganisationId,
                    OrganisationName = site.OrganisationName,
                    Year = 2025,
                    FormVersion = "2021",
                    DocumentId = Guid.CreateVersion7(now),
                    PublishedId = Guid.CreateVersion7(now),
                    FirstPublishedAt = now,
                    PublishedAt = now,
                    PublishedTitle = site.OrganisationName + "2025年年度报告",
                    PublishedPath = "nianbao/2025",
                    CreatedAt = now,
                    UpdatedAt = now,
                    UpdatedBy = "测试员",
                };
                db.AnnualReports.Add(report);
            }

            return await db.SaveChangesAsync();
        });
        var visitor = desk.Visitor();
        await visitor.Get("/disclosure/annual-reports?year=2024");
        using (var asked = PortalHost.CountQueries())
        {
            var page = await visitor.Get("/disclosure/annual-reports");
            Assert.Equal(4, page.Document.QuerySelectorAll("main .p-lines__item").Length);
            Assert.True(asked.Count <= 5, $"{asked.Count} queries");
        }

        var below = await desk.Visitor("yunpu").Get("/disclosure/annual-reports");
        Assert.Equal(2, below.Document.QuerySelectorAll("main .p-lines__item").Length);
        var head = await desk.SignInAs(await desk.Data.Staff(Role.RequestHead));
        await head.Get("/console/annual-reports");
        using var console = PortalHost.CountQueries();
        Assert.Contains("岚桥区人民政府", (await head.Get("/console/annual-reports")).Text, StringComparison.Ordinal);
        Assert.True(console.Count <= 14, $"{console.Count} queries");
    }
}
