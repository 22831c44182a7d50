using System.Globalization;
using System.Net;
using System.Text.Json;
using Portal.Disclosure.Deadlines;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Deadlines;

public sealed class CalculateDeadlineTests(PortalHost host) : IClassFixture<PortalHost>
{
    /// <summary>The vectors of requirements §8, asked as anybody would ask.</summary>
    [Theory]
    [InlineData("2026-02-10", 20, "2026-03-16")]
    [InlineData("2026-02-10", 7, "2026-02-26")]
    [InlineData("2026-02-13", 3, "2026-02-25")]
    [InlineData("2026-09-18", 7, "2026-09-29")]
    [InlineData("2026-09-18", 15, "2026-10-15")]
    [InlineData("2026-09-24", 20, "2026-10-29")]
    [InlineData("2026-04-29", 3, "2026-05-07")]
    [InlineData("2025-12-31", 3, "2026-01-06")]
    [InlineData("2025-09-26", 5, "2025-10-10")]
    [InlineData("2025-01-24", 1, "2025-01-26")]
    public async Task A_number_of_working_days_ends_on_its_day(string start, int days, string due)
    {
        var answer = await host.Visitor().Get($"/deadlines?rule=free&days={days}&start={start}");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(due, answer.Document.QuerySelector(".p-banner time")!.GetAttribute("datetime"));
        var counted = answer.Document.QuerySelectorAll(".p-deadline tbody tr")
            .Where(row => row.TextContent.Contains("个工作日", StringComparison.Ordinal)).ToList();
        Assert.Equal(days, counted.Count);
        Assert.Equal(due, counted[^1].QuerySelector("time")!.GetAttribute("datetime"));
        Assert.Contains("到期", counted[^1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_limit_says_its_source_and_why_each_day_counts_or_not()
    {
        var answer = await host.Visitor().Get("/deadlines?rule=reply&start=2026-02-10&days=&time=&region=990000");

        var rows = answer.Document.QuerySelectorAll(".p-deadline tbody tr")
            .ToDictionary(row => row.QuerySelector("time")!.TextContent, row => row.TextContent);
        Assert.Equal(35, rows.Count);
        Assert.Contains("当日不计", rows["2026-02-10"], StringComparison.Ordinal);
        Assert.Contains("第1个工作日", rows["2026-02-11"], StringComparison.Ordinal);
        Assert.Contains("调休上班（春节）第4个工作日", rows["2026-02-14"], StringComparison.Ordinal);
        Assert.Contains("放假（春节）不计", rows["2026-02-17"], StringComparison.Ordinal);
        Assert.Contains("周末不计", rows["2026-03-01"], StringComparison.Ordinal);
        Assert.Contains("第三十三条", answer.Document.QuerySelector(".p-metadata")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("工作日历版本 CN-0", answer.Text, StringComparison.Ordinal);
        Assert.Contains("到期日：", answer.Document.QuerySelector(".p-banner__title")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_year_without_a_notice_makes_the_date_an_estimate()
    {
        var answer = await host.Visitor().Get("/deadlines?rule=reply&start=2060-12-20");

        Assert.Contains("到期日（预计）：", answer.Document.QuerySelector(".p-banner__title")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("2060、2061年的节假日安排尚未公布", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_says_since_when_its_rule_holds()
    {
        var answer = await host.Visitor().Get("/deadlines?rule=reply&start=2019-05-15");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("自2019年5月15日起施行", answer.Document.QuerySelector(".p-metadata")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hours_run_through_nights_and_weekends()
    {
        var answer = await host.Visitor().Get("/deadlines?rule=livelihood&start=2026-10-02&time=17:30");

        Assert.Equal("2026-10-03T17:30:00+08:00", answer.Document.QuerySelector(".p-banner time")!.GetAttribute("datetime"));
        Assert.Contains("2026年10月3日（星期六） 17:30", answer.Text, StringComparison.Ordinal);
        Assert.Empty(answer.Document.QuerySelectorAll(".p-deadline"));
    }

    [Theory]
    [InlineData("rule=nothing&start=2026-02-10", "请选择一个事项", "#Rule")]
    [InlineData("rule=free&start=2026-02-10", "请填写工作日数", "#Days")]
    [InlineData("rule=free&days=0&start=2026-02-10", "请填写工作日数", "#Days")]
    [InlineData("rule=free&days=99999999999&start=2026-02-10", "请填写工作日数", "#Days")]
    [InlineData("rule=reply", "请填写起算日期", "#Start")]
    [InlineData("rule=reply&start=2026-02-30", "请填写起算日期", "#Start")]
    [InlineData("rule=reply&start=9999-12-31", "请填写起算日期", "#Start")]
    [InlineData("rule=reply&start=2019-05-14", "自2019年5月15日起施行", "#Start")]
    [InlineData("rule=fee&start=2020-12-31", "自2021年1月1日起施行", "#Start")]
    [InlineData("rule=livelihood&start=2026-02-10&time=25:00", "请填写起算时间", "#Time")]
    [InlineData("rule=reply&start=2026-02-10&region=110000", "没有这个地区", "#Region")]
    [InlineData("rule=reply&start=%3Cscript%3E", "请填写起算日期", "#Start")]
    public async Task What_cannot_be_answered_says_so_at_its_field(string query, string message, string field)
    {
        var page = await host.Visitor().Get("/deadlines?" + query);
        var data = await host.Visitor().Get("/api/deadlines?" + query);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(message, Assert.Single(page.Errors), StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"{field}[class*='--error']"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, data.Status);
        Assert.Equal("application/problem+json", data.ContentHeaders.ContentType!.MediaType);
        var errors = JsonDocument.Parse(data.Text).RootElement.GetProperty("errors");
        Assert.Contains(message, errors.GetProperty(field[1..].ToLowerInvariant())[0].GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_is_to_be_had_as_data()
    {
        var json = JsonDocument.Parse(
            (await host.Visitor("yunpu").Get("/api/deadlines?rule=correction&start=2026-02-10")).Text).RootElement;
        var list = JsonDocument.Parse((await host.Visitor().Get("/api/deadlines")).Text).RootElement;

        Assert.Equal("2026-02-26", json.GetProperty("dueOn").GetString());
        Assert.Equal("2026-02-27T00:00:00+08:00", json.GetProperty("dueAt").GetString());
        Assert.Equal("990100", json.GetProperty("region").GetProperty("code").GetString());
        Assert.False(json.GetProperty("provisional").GetBoolean());
        Assert.Equal(16, json.GetProperty("days").GetArrayLength());
        Assert.Equal("workday", json.GetProperty("days")[0].GetProperty("kind").GetString());
        Assert.Equal(11, list.GetProperty("rules").GetArrayLength());
        Assert.Equal(3, list.GetProperty("regions").GetArrayLength());
    }

    [Fact]
    public void A_limit_is_that_of_its_day()
    {
        var before = new DateOnly(2020, 12, 31);
        var after = before.AddDays(1);
        Assert.DoesNotContain(DeadlineRules.On(before), rule => rule.Code == "fee");
        Assert.Contains(DeadlineRules.On(after), rule => rule.Code == "fee");
        // What began before its first line is measured by that one.
        Assert.Equal(DeadlineRules.Find("fee", after), DeadlineRules.Find("fee", before));
        Assert.Null(DeadlineRules.Find("nothing", after));
        Assert.Equal(DeadlineRules.On(after).Count, DeadlineRules.On(after).Select(rule => rule.Code).Distinct().Count());
    }

    [Fact]
    public async Task The_empty_form_begins_with_today_and_every_page_leads_to_it()
    {
        var today = DateOnly.FromDateTime(host.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);

        var form = await host.Visitor("jyt").Get("/deadlines");
        var home = await host.Visitor("jyt").Get("/sitemap");

        Assert.Equal(today.ToString("O", CultureInfo.InvariantCulture), form.Document.QuerySelector("#Start")!.GetAttribute("value"));
        Assert.Equal("990000", form.Document.QuerySelector("#Region option[selected]")!.GetAttribute("value"));
        Assert.NotNull(home.Document.QuerySelector(".p-footer__links a[href='/deadlines']"));
        Assert.Empty(form.Document.QuerySelectorAll("script:not([type='application/ld+json'])"));
        var large = await host.Visitor("jyt").Get("/~large/deadlines");
        Assert.Equal("/~large/deadlines", large.Document.QuerySelector("form.p-form")!.GetAttribute("action"));
    }

    [Fact]
    public async Task A_page_is_kept_and_read_anew_when_a_calendar_is_published()
    {
        const string Path = "/deadlines?rule=free&days=1&start=2050-06-14&region=990100";
        var visitor = host.Visitor();
        var before = await visitor.Get(Path);
        Assert.Equal("2050-06-15", before.Document.QuerySelector(".p-banner time")!.GetAttribute("datetime"));
        using (var queries = PortalHost.CountQueries())
        {
            await visitor.Get(Path);
            Assert.Equal(0, queries.Count);
        }

        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin, "yunpu"));
        var published = await admin.Post(
            "/console/calendars/990100/versions",
            new()
            {
                ["Year"] = "2050",
                ["BasedOn"] = "0",
                ["Title"] = "关于州庆放假的通知",
                ["Reason"] = "州庆",
                ["Date"] = "2050-06-15",
                ["Kind"] = "off",
                ["Name"] = "州庆",
            },
            "/console/calendars/990100/import");
        Assert.Equal(HttpStatusCode.SeeOther, published.Status);
        await host.DrainOutbox();
        var after = await visitor.Get(Path);

        Assert.Equal("2050-06-16", after.Document.QuerySelector(".p-banner time")!.GetAttribute("datetime"));
        Assert.Contains("放假（州庆）", after.Text, StringComparison.Ordinal);
        Assert.Contains("工作日历版本 990100-1", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_costs_no_more_than_the_navigation_of_its_site()
    {
        // The first connection of a pool asks the server for its types.
        await host.Visitor().Get("/deadlines?rule=reply&start=2024-03-04");
        using var queries = PortalHost.CountQueries();

        Assert.Equal(HttpStatusCode.OK, (await host.Visitor().Get("/deadlines?rule=reply&start=2024-03-05")).Status);

        Assert.InRange(queries.Count, 0, 1);
    }
}
