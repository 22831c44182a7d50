using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Openness;
using Portal.Disclosure.Requests;
using Portal.Disclosure.Tests.Requests;
using Portal.Publishing.Documents;
using Portal.Shared.Actors;
using Portal.Shared.Ui;

namespace Portal.Disclosure.Tests.Deadlines;

/// <summary>
/// The whole way of the yearly notice: the province's administrator imports it, what is open is read anew, and who waits
/// reads the other date and why it is another.
/// </summary>
public sealed class PublishNoticeTests(RequestDesk desk) : IClassFixture<RequestDesk>
{
    private const string Province = "990000";
    private const string Open = "/deadlines?rule=disclosure&start=2026-12-10&days=&time=&region=" + Province;

    // Four days off from New Year's Day, Saturday the ninth made up: 国务院办公厅 writes it so.
    private const string Notice =
        """
        {
          "year": 2027,
          "papers": ["https://www.gov.cn/zhengce/2027"],
          "days": [
            { "name": "元旦", "date": "2027-01-01", "isOffDay": true },
            { "name": "元旦", "date": "2027-01-02", "isOffDay": true },
            { "name": "元旦", "date": "2027-01-03", "isOffDay": true },
            { "name": "元旦", "date": "2027-01-04", "isOffDay": true },
            { "name": "元旦", "date": "2027-01-09", "isOffDay": false }
          ]
        }
        """;

    [Fact]
    public async Task An_imported_notice_moves_what_is_open_and_everybody_reads_why()
    {
        var received = new DateOnly(2026, 12, 10);
        desk.Clock.SetUtcNow(BeijingTime.StartOf(received).AddHours(10));
        var visitor = desk.Visitor(RequestDesk.SiteKey);
        var (number, code) = RequestDesk.Receipt(await desk.Submit(visitor, ("Title", "等待放假安排的申请")));
        var id = await desk.Read(db => db.Requests.AsNoTracking().Where(row => row.Number == number).Select(row => row.Id).SingleAsync());
        await desk.Taken(await desk.Officer(), id, RequestTrigger.Confirm);
        var draft = await desk.OnItsWay(await desk.Channel(), type: "notice", change: edition =>
        {
            edition.Fields = new(StringComparer.Ordinal) { ["issuedOn"] = "2026-12-10" };
            edition.Title = "等待放假安排的公告";
        });
        await desk.DrainOutbox();
        // The law alone knows New Year's Day: the twentieth working day is the eighth, and may still move.
        var item = await ItemOf(draft);
        Assert.Equal((DueAfter(2027, 1, 8), true), (item.DueAt, item.IsProvisional));
        Assert.Equal(new DateOnly(2027, 1, 8), (await desk.Find(id)).DueOn);
        var before = await RequestDesk.Follow(visitor, number, code);
        Assert.Contains("2027年1月8日", before.Text, StringComparison.Ordinal);
        Assert.Contains("2027-01-08", (await desk.Visitor().Get(Open)).Document.QuerySelector(".p-banner")!.InnerHtml, StringComparison.Ordinal);

        await PublishNoticeAsync();
        await desk.DrainOutbox();

        // The fourth is a day off now, and Saturday the ninth a working day: the twentieth.
        var moved = await ItemOf(draft);
        Assert.Equal((DueAfter(2027, 1, 9), false), (moved.DueAt, moved.IsProvisional));
        Assert.NotEqual(item.Calendar, moved.Calendar);
        Assert.Equal(new DateOnly(2027, 1, 9), (await desk.Find(id)).DueOn);

        var after = await RequestDesk.Follow(visitor, number, code);
        var shown = after.Document.QuerySelector("main")!.TextContent;
        Assert.Contains("放假安排有变化，答复期限由2027年1月8日调整为2027年1月9日", shown, StringComparison.Ordinal);
        var days = after.Document.QuerySelectorAll(".p-data tbody tr").ToDictionary(
            row => row.QuerySelector("th")!.TextContent, row => row.TextContent);
        Assert.Contains("元旦", days["2027-01-04"], StringComparison.Ordinal);
        Assert.EndsWith("—", days["2027-01-04"], StringComparison.Ordinal);
        Assert.EndsWith("20", days["2027-01-09"], StringComparison.Ordinal);

        // The clerk's page of the item and the calculator for everybody count the same days.
        var clerk = await desk.SignInAs(await desk.Data.Staff(Role.SiteManager));
        var page = await clerk.Get("/console/disclosure/openness/" + moved.Id);
        Assert.Contains("2027-01-09当日24时前", page.Text, StringComparison.Ordinal);
        Assert.Contains(page.Document.QuerySelectorAll("tbody tr"), row =>
            row.TextContent.Contains("2027-01-04", StringComparison.Ordinal) && row.TextContent.Contains("元旦", StringComparison.Ordinal));
        var calculated = await desk.Visitor().Get(Open);
        Assert.Equal("2027-01-09", calculated.Document.QuerySelector(".p-banner time")!.GetAttribute("datetime"));
    }

    private async Task PublishNoticeAsync()
    {
        var admin = await desk.SignInAs(await desk.Data.Staff(Role.ProvincialAdmin));
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Notice), "File", "2027.json" },
            { new StringContent(""), "Year" },
            { new StringContent("国务院办公厅关于2027年部分节假日安排的通知"), "Title" },
            { new StringContent("国办发明电〔2026〕9号"), "DocumentNumber" },
            { new StringContent("2026-12-08"), "NoticeOn" },
        };
        var path = $"/console/calendars/{Province}/import";
        var preview = await admin.PostContent(path, form, path);
        Assert.True(preview.Status == HttpStatusCode.OK, string.Join('\n', preview.Errors));
        var next = preview.Document.QuerySelector("form[action$='/versions']")!;
        List<KeyValuePair<string, string>> fields =
        [
            .. next.QuerySelectorAll("input[name]").Where(field => field.GetAttribute("name") != "Reason")
                .Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value") ?? "")),
            new("Reason", "按国务院办公厅通知录入"),
        ];
        var published = await admin.PostRaw(next.GetAttribute("action")!, fields);
        Assert.Equal($"/console/calendars/{Province}/2027?done=published", published.Location);
    }

    private Task<OpennessItem> ItemOf(Edition draft) => desk.Read(db => db.OpennessItems.AsNoTracking()
        .SingleAsync(item => item.SubjectId == draft.DocumentId && item.Kind == OpennessKind.Disclosure));

    private static DateTimeOffset DueAfter(int year, int month, int day) =>
        BeijingTime.StartOf(new DateOnly(year, month, day).AddDays(1));
}
