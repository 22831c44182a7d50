using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Requests;
using Portal.Disclosure.Requests.RecountDeadlines;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Requests;

/// <summary>Lists by due date, and dates that a calendar moves.</summary>
public sealed class ListRequestsTests(RequestDesk desk) : IClassFixture<RequestDesk>
{
    [Fact]
    public async Task Near_and_late_are_worked_out_against_today()
    {
        var officer = await desk.Officer();
        var id = await Confirmed(officer, ("Title", "快到期的资料"));
        var browser = await desk.As(officer);
        Assert.DoesNotContain("快到期的资料", (await browser.Get("/console/requests?set=Near")).Text, StringComparison.Ordinal);
        desk.GoOn(16);
        browser = await desk.As(officer);
        Assert.Contains("快到期的资料", (await browser.Get("/console/requests?set=Near")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("快到期的资料", (await browser.Get("/console/requests?set=Late")).Text, StringComparison.Ordinal);
        desk.GoOn(5);
        browser = await desk.As(officer);
        Assert.DoesNotContain("快到期的资料", (await browser.Get("/console/requests?set=Near")).Text, StringComparison.Ordinal);
        Assert.Contains("快到期的资料", (await browser.Get("/console/requests?set=Late")).Text, StringComparison.Ordinal);
        Assert.Contains("快到期的资料", (await browser.Get("/console")).Text, StringComparison.Ordinal);
        Assert.Equal(RequestState.Received, (await desk.Find(id)).State);
    }

    [Fact]
    public async Task A_date_that_a_calendar_moves_is_a_step_that_the_applicant_sees()
    {
        var officer = await desk.Officer();
        var id = await Confirmed(officer);
        var stays = await Confirmed(officer);
        var due = (await desk.Find(id)).DueOn!.Value;
        // As a former calendar had read them.
        await desk.Read(db => db.Requests.Where(row => row.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueOn, due.AddDays(-3)).SetProperty(row => row.CalendarVersion, "former")));
        await desk.Read(db => db.Requests.Where(row => row.Id == stays)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CalendarVersion, "former")));
        Assert.Equal(1, await desk.Use<RecountDeadlines, int>(recount => recount.RunAsync("", CancellationToken.None)));
        Assert.Equal((due, desk.Calendar.Version), ((await desk.Find(id)).DueOn, (await desk.Find(id)).CalendarVersion));
        Assert.Equal(desk.Calendar.Version, (await desk.Find(stays)).CalendarVersion);
        var step = (await desk.Case(id)).Last(RequestTrigger.Recount)!;
        Assert.Equal(due.ToString("yyyy-MM-dd", null), step.Facts["to"]);
        Assert.Null((await desk.Case(stays)).Last(RequestTrigger.Recount));
    }

    [Fact]
    public async Task The_register_is_a_workbook_of_what_the_list_shows_and_names_nobody()
    {
        var officer = await desk.Officer();
        var id = await Confirmed(officer, ("Title", "登记台账的样本"));
        await desk.Taken(officer, id, RequestTrigger.TakeOn);
        await desk.Taken(officer, id, RequestTrigger.Draft, ("Outcome", "3.1"), ("Content", "床位数为1200张。"));
        await desk.Taken(officer, id, RequestTrigger.SubmitAnswer);
        await desk.Taken(await desk.Head(), id, RequestTrigger.ApproveAnswer);
        await Confirmed(officer, ("Title", "不在其中的资料"));
        var request = await desk.Find(id);
        var browser = await desk.As(officer);
        var list = await browser.Get("/console/requests?set=All&q=登记台账的样本");
        var link = list.Document.QuerySelectorAll("main a").Single(one => one.TextContent == "导出登记台账").GetAttribute("href")!;
        var answer = await browser.Get(link);
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", answer.Header("Content-Type"));
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(answer.Bytes));
        var text = string.Concat(zip.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        }));
        foreach (var expected in new[] { "依申请公开登记台账", request.Number, "登记台账的样本", "3.1 予以公开", "答复期限届满之日", "自然人" })
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }

        foreach (var absent in new[] { "不在其中的资料", "闻晓峰", RequestDesk.IdNumber, "13800004321" })
        {
            Assert.DoesNotContain(absent, text, StringComparison.Ordinal);
        }

        // Another site's officer gets a register without it.
        var stranger = await desk.As(await desk.Data.Staff(Shared.Actors.Role.RequestOfficer, "jyt"));
        using var other = new System.IO.Compression.ZipArchive(new MemoryStream((await stranger.Get(link)).Bytes));
        Assert.DoesNotContain(other.Entries, entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd().Contains(request.Number, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("公办养老机构床位数量", "公办养老机构的床位数量", true)]
    [InlineData("公办养老机构床位数量", "公办养老机构床位数量（２０２６年）", true)]
    [InlineData("公办养老机构床位数量", "民办学校收费标准", false)]
    [InlineData("预算", "2026年省级财政预算执行情况", false)]
    [InlineData("", "", false)]
    public void Titles_that_ask_for_much_the_same_are_alike(string one, string other, bool alike) =>
        Assert.Equal(alike, RequestLikeness.OfTitles(one, other));

    private async Task<Guid> Confirmed(Person officer, params (string Name, string Value)[] changes)
    {
        var id = (await desk.Submitted(changes)).Id;
        await desk.Taken(officer, id, RequestTrigger.Confirm);
        return id;
    }
}
