using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Portal.Disclosure.Requests;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Requests;

/// <summary>The applicant's own page: by number and code, and by nothing else.</summary>
public sealed partial class FollowRequestTests(RequestDesk desk) : IClassFixture<RequestDesk>
{
    [Fact]
    public async Task A_wrong_number_a_wrong_code_and_both_get_the_same_answer()
    {
        var browser = desk.Visitor(RequestDesk.SiteKey);
        var (number, code) = RequestDesk.Receipt(await desk.Submit(browser, ("Title", "相同回答")));
        var (_, otherCode) = RequestDesk.Receipt(await desk.Submit(browser, ("Title", "另一份")));
        var absent = RequestNumber.Write(2026, 999_999);
        (string Number, string Code)[] wrong = [(number, otherCode), (absent, code), (absent, otherCode), ("nothing", "nothing"), ("", "")];
        var answers = new List<string>();
        foreach (var (oneNumber, oneCode) in wrong)
        {
            var answer = await RequestDesk.Follow(browser, oneNumber, oneCode);
            Assert.Equal(422, (int)answer.Status);
            answers.Add(Token().Replace(answer.Text.Replace($"value=\"{oneNumber}\"", "value=\"\"", StringComparison.Ordinal), ""));
        }

        Assert.Single(answers.Select(text => text.Length).Distinct());
        Assert.Equal(200, (int)(await RequestDesk.Follow(browser, number, code)).Status);
        // The same number and code open nothing on another site.
        Assert.Equal(422, (int)(await RequestDesk.Follow(desk.Visitor("jyt"), number, code)).Status);
    }

    [Fact]
    public async Task The_applicant_reads_what_was_sent_and_nobody_else_does()
    {
        var browser = desk.Visitor(RequestDesk.SiteKey);
        using var content = new MultipartFormDataContent();
        foreach (var (key, value) in await desk.OpenForm(browser, ("Title", "本人" + RequestDesk.IdNumber + "的档案"), ("Description", "第一段。\n第二段。")))
        {
            content.Add(new StringContent(value), key);
        }

        content.Add(new ByteArrayContent("%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"u8.ToArray()), "Files", "证件.pdf");
        var (number, code) = RequestDesk.Receipt(await browser.SendContent("/disclosure/requests/new", content));
        var page = await RequestDesk.Follow(browser, number, code);
        foreach (var told in new[] { "本人" + RequestDesk.IdNumber + "的档案", "第一段。", "第二段。", "证件.pdf" })
        {
            Assert.Contains(told, page.Text, StringComparison.Ordinal);
        }

        var list = await (await desk.As(await desk.Officer())).Get("/console/requests?set=All");
        Assert.DoesNotContain(RequestDesk.IdNumber, list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Right_look_ups_are_not_counted_and_wrong_ones_of_another_number_neither()
    {
        var browser = desk.Visitor(RequestDesk.SiteKey);
        var (number, code) = RequestDesk.Receipt(await desk.Submit(browser, ("Title", "常看的")));
        for (var i = 0; i < 25; i++)
        {
            Assert.Equal(200, (int)(await RequestDesk.Follow(browser, number, code)).Status);
        }

        desk.Clock.Advance(TimeSpan.FromHours(3));
    }

    [Fact]
    public async Task Guessing_at_one_number_ends_for_the_network_that_guesses_until_later()
    {
        var (number, code) = RequestDesk.Receipt(await desk.Submit(desk.Visitor(RequestDesk.SiteKey), ("Title", "被猜的")));
        var tries = 0;
        while ((int)(await RequestDesk.Follow(desk.Visitor(RequestDesk.SiteKey), number, "AAAAA-AAAAA-AAAAA-AAAAA")).Status == 422)
        {
            Assert.True(++tries <= 20);
        }

        Assert.Equal(20, tries);
        Assert.Equal(429, (int)(await RequestDesk.Follow(desk.Visitor(RequestDesk.SiteKey), number, code)).Status);
        // Whoever is somewhere else is not kept from their own case.
        Assert.Equal(200, (int)(await desk.FollowFrom("203.0.113.7", number, code)).Status);
        desk.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(200, (int)(await RequestDesk.Follow(desk.Visitor(RequestDesk.SiteKey), number, code)).Status);
    }

    [Fact]
    public async Task The_applicant_reads_the_answer_and_every_day_that_counted()
    {
        var browser = desk.Visitor(RequestDesk.SiteKey);
        var (number, code) = RequestDesk.Receipt(await desk.Submit(browser, ("Title", "看答复")));
        var id = await Id(number);
        var (officer, head) = (await desk.Officer(), await desk.Head());
        await desk.Taken(officer, id, RequestTrigger.Confirm);
        await desk.Taken(officer, id, RequestTrigger.TakeOn);
        var waiting = await RequestDesk.Follow(browser, number, code);
        Assert.Equal(20, waiting.Document.QuerySelectorAll(".p-data tbody td.p-data__number").Count(cell => cell.TextContent != "—"));

        await desk.Taken(officer, id, RequestTrigger.Draft, ("Outcome", "3.3.7"), ("Grounds", "属于行政执法案卷信息。"));
        await desk.Taken(officer, id, RequestTrigger.SubmitAnswer, ("Note", "内部意见不外传"));
        // What the office is still deciding is its own.
        var deciding = await RequestDesk.Follow(browser, number, code);
        Assert.DoesNotContain("属于行政执法案卷信息", deciding.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("内部意见不外传", deciding.Text, StringComparison.Ordinal);
        await desk.Taken(head, id, RequestTrigger.ApproveAnswer);

        var answered = await RequestDesk.Follow(browser, number, code);
        Assert.Contains("属于行政执法案卷信息", answered.Text, StringComparison.Ordinal);
        Assert.Contains("先向有管辖权的行政复议机关申请行政复议", answered.Text, StringComparison.Ordinal);
        Assert.Contains("60日", answered.Text, StringComparison.Ordinal);
        Assert.StartsWith("no-store", answered.Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_sent_there_starts_the_time_anew()
    {
        var browser = desk.Visitor(RequestDesk.SiteKey);
        var (number, code) = RequestDesk.Receipt(await desk.Submit(browser, ("Title", "要补正的")));
        var id = await Id(number);
        var officer = await desk.Officer();
        await desk.Taken(officer, id, RequestTrigger.Confirm);
        await desk.Taken(officer, id, RequestTrigger.AskCorrection, ("Text", "请写明年度。"), ("Days", "15"));
        desk.GoOn(3);
        var page = await RequestDesk.Follow(browser, number, code);
        Assert.Contains("请写明年度。", page.Text, StringComparison.Ordinal);
        Dictionary<string, string> form = new()
        {
            ["_token"] = page.Token!,
            ["Ticket"] = page.Document.QuerySelector("input[name=Ticket]")!.GetAttribute("value")!,
            ["Text"] = "",
        };
        Assert.Equal(422, (int)(await browser.PostRaw("/disclosure/requests/follow/correction", form)).Status);
        form["Text"] = "所需为2025年度。";
        Assert.Equal(200, (int)(await browser.PostRaw("/disclosure/requests/follow/correction", form)).Status);
        var corrected = await desk.Find(id);
        Assert.Equal((RequestState.Received, desk.Calendar.AddWorkdays(desk.Today, 20)), (corrected.State, corrected.DueOn));
        Assert.Equal(409, (int)(await browser.PostRaw("/disclosure/requests/follow/correction", form)).Status);
        form["Ticket"] = form["Ticket"][..^4] + "AAAA";
        Assert.Equal(422, (int)(await browser.PostRaw("/disclosure/requests/follow/correction", form)).Status);
    }

    [Fact]
    public async Task Reasons_that_are_asked_for_are_given_there()
    {
        var browser = desk.Visitor(RequestDesk.SiteKey);
        var (number, code) = RequestDesk.Receipt(await desk.Submit(browser, ("Title", "要说明理由的")));
        var id = await Id(number);
        var officer = await desk.Officer();
        await desk.Taken(officer, id, RequestTrigger.Confirm);
        Assert.Null((await RequestDesk.Follow(browser, number, code)).Document.QuerySelector("[name=Reasons]"));
        await desk.Taken(officer, id, RequestTrigger.AskReasons, ("Text", "一周内申请四十件。"), ("Days", "5"));
        var page = await RequestDesk.Follow(browser, number, code);
        Dictionary<string, string> form = new()
        {
            ["_token"] = page.Token!,
            ["Ticket"] = page.Document.QuerySelector("input[name=Ticket]")!.GetAttribute("value")!,
        };
        var empty = await browser.PostRaw("/disclosure/requests/follow/reasons", form);
        Assert.Equal(422, (int)empty.Status);
        Assert.NotNull(empty.Document.QuerySelector(".govuk-error-summary a[href='#Reasons']"));
        form["Reasons"] = "博士论文研究。";
        Assert.Equal(200, (int)(await browser.PostRaw("/disclosure/requests/follow/reasons", form)).Status);
        Assert.NotNull((await desk.Case(id)).Last(RequestTrigger.GiveReasons));
        // The applicant gave them; nobody entered them.
        var seen = await (await desk.As(officer)).Get($"/console/requests/{id}");
        Assert.Equal("说明理由", seen.Document.QuerySelector(".c-history__item b")!.TextContent);
        Assert.Equal(409, (int)(await browser.PostRaw("/disclosure/requests/follow/reasons", form)).Status);
    }

    [Fact]
    public async Task Files_of_the_answer_reach_its_applicant_once_it_is_approved_and_nobody_else()
    {
        var browser = desk.Visitor(RequestDesk.SiteKey);
        var (number, code) = RequestDesk.Receipt(await desk.Submit(browser, ("Title", "要文件的")));
        var (otherNumber, otherCode) = RequestDesk.Receipt(await desk.Submit(browser, ("Title", "别人的")));
        var id = await Id(number);
        var (officer, head) = (await desk.Officer(), await desk.Head());
        await desk.Taken(officer, id, RequestTrigger.Confirm);
        await desk.Taken(officer, id, RequestTrigger.TakeOn);
        (string, string)[] answer = [("Outcome", "3.1"), ("Content", "见附件。")];
        Assert.Equal(422, (int)(await desk.StepWithFile(officer, id, RequestTrigger.Draft, "表.exe", "MZ"u8.ToArray(), answer)).Status);
        Assert.Equal(302, (int)(await desk.StepWithFile(officer, id, RequestTrigger.Draft, "旧表.pdf", Pdf, answer)).Status);
        // The second draft leaves the first file out.
        Assert.Equal(302, (int)(await desk.StepWithFile(officer, id, RequestTrigger.Draft, "床位表.pdf", Pdf, answer)).Status);
        await desk.Taken(officer, id, RequestTrigger.SubmitAnswer);
        Assert.Null((await RequestDesk.Follow(browser, number, code)).Document.QuerySelector("[name=PaperId]"));
        await desk.Taken(head, id, RequestTrigger.ApproveAnswer);

        var page = await RequestDesk.Follow(browser, number, code);
        Assert.Contains("附件：1. 床位表.pdf", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("旧表", page.Text, StringComparison.Ordinal);
        Dictionary<string, string> form = new()
        {
            ["_token"] = page.Token!,
            ["Ticket"] = page.Document.QuerySelector("form[action$='/file'] input[name=Ticket]")!.GetAttribute("value")!,
            ["PaperId"] = page.Document.QuerySelector("input[name=PaperId]")!.GetAttribute("value")!,
        };
        var file = await browser.PostRaw("/disclosure/requests/follow/file", form);
        Assert.Equal((200, "application/octet-stream"), ((int)file.Status, file.ContentHeaders.ContentType?.MediaType));
        Assert.StartsWith("no-store", file.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.NotEmpty(file.Bytes);

        var other = await RequestDesk.Follow(browser, otherNumber, otherCode);
        form["Ticket"] = other.Document.QuerySelector("input[name=Ticket]")!.GetAttribute("value")!;
        Assert.Equal(404, (int)(await browser.PostRaw("/disclosure/requests/follow/file", form)).Status);
        // Nothing of it lies open in the database or in the file store's names.
        Assert.Empty(await Dump.TablesHolding(desk.OwnerConnection, ["床位表.pdf"]));
    }

    [Fact]
    public async Task A_withdrawal_is_asked_twice_and_then_final()
    {
        var browser = desk.Visitor(RequestDesk.SiteKey);
        var (number, code) = RequestDesk.Receipt(await desk.Submit(browser, ("Title", "要撤回的")));
        var page = await RequestDesk.Follow(browser, number, code);
        Dictionary<string, string> form = new()
        {
            ["_token"] = page.Token!,
            ["Ticket"] = page.Document.QuerySelector("input[name=Ticket]")!.GetAttribute("value")!,
        };
        Assert.Equal(422, (int)(await browser.PostRaw("/disclosure/requests/follow/withdrawal", form)).Status);
        form["Sure"] = "true";
        Assert.Equal(200, (int)(await browser.PostRaw("/disclosure/requests/follow/withdrawal", form)).Status);
        var request = await desk.Find(await Id(number));
        Assert.Equal((RequestState.Withdrawn, "3.6.3"), (request.State, request.Outcome));
    }

    private Task<Guid> Id(string number) => desk.Read(db => db.Requests
        .Where(row => row.Number == number && row.SiteId == desk.Site(RequestDesk.SiteKey).Id).Select(row => row.Id).SingleAsync());

    private static byte[] Pdf => "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"u8.ToArray();

    [GeneratedRegex("name=\"(_token)\"[^>]*value=\"[^\"]*\"|value=\"[^\"]*\"[^>]*name=\"_token\"")]
    private static partial Regex Token();
}
