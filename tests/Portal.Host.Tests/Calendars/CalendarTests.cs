using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Host.Contracts;
using Portal.Shared.Actors;
using Portal.Shared.Calendars;
using Portal.Shared.Decisions;
using Portal.Shared.Messaging;
using Portal.Testing;

namespace Portal.Host.Tests.Calendars;

/// <summary>Each test has a year of its own, far from any notice that comes with the product.</summary>
public sealed class CalendarTests(PortalHost host) : IClassFixture<PortalHost>
{
    private const string Province = "990000";
    private const string City = "990100";

    [Fact]
    public async Task A_notice_is_read_previewed_and_published_and_holds_at_once()
    {
        var person = await host.Data.Staff(Role.ProvincialAdmin);
        var admin = await host.SignInAs(person);
        var before = await admin.Get($"/console/calendars/{Province}/2041");

        var preview = await Import(admin, Province, Json(
            2041, ("2041-01-01", true), ("2041-01-02", true), ("2041-01-05", false), ("2040-12-31", true)));

        Assert.Equal(HttpStatusCode.OK, preview.Status);
        var rows = preview.Document.QuerySelectorAll("[aria-label='变化的日期'] tbody tr").ToDictionary(
            row => row.QuerySelector("th")!.TextContent, row => row.QuerySelectorAll("td").Select(cell => cell.TextContent).ToList());
        // A day of the year before belongs to the notice (C-09); what the law alone had said is gone.
        Assert.Equal(["星期一", "工作日", "放假（元旦）"], rows["2040-12-31"]);
        Assert.Equal(["星期六", "周末", "调休上班（元旦）"], rows["2041-01-05"]);
        Assert.Equal(["星期二", "放假（国庆节）", "工作日"], rows["2041-10-01"]);
        Assert.Contains("2041年10月1日（星期二）是法定节假日或其补假（国庆节）", preview.Text, StringComparison.Ordinal);
        Assert.Contains("日历未公布", before.Text, StringComparison.Ordinal);
        Assert.False(For(Province).IsPublished(2041));

        var published = await Publish(admin, preview, "按通知录入");

        Assert.Equal($"/console/calendars/{Province}/2041?done=published", published.Location);
        Assert.True(For(Province).IsPublished(2041));
        Assert.True(For(Province).IsWorkday(new DateOnly(2041, 1, 5)));
        Assert.Equal(DayKind.Holiday, For(City).Describe(new DateOnly(2040, 12, 31)).Kind);
        var year = await admin.Get(published.Location!);
        Assert.Contains("已公布", year.Document.QuerySelector(".c-main .p-tag")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(12, year.Document.QuerySelectorAll(".c-year__month").Length);
        Assert.Equal(365, year.Document.QuerySelectorAll(".c-year__month .c-year__day").Length);
        var off = year.Document.QuerySelector(".c-year__day--off");
        Assert.Equal("休", off!.QuerySelector("small")!.TextContent);
        Assert.Contains("按通知录入", year.Text, StringComparison.Ordinal);
        await ToldOf(person, "按通知录入", 2041);
    }

    [Fact]
    public async Task A_calendar_file_is_read_by_its_whole_days()
    {
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        const string Ics =
            """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//test//zh
            BEGIN:VEVENT
            UID:1@test
            DTSTAMP:20260101T000000Z
            DTSTART;VALUE=DATE:20421001
            DTEND;VALUE=DATE:20421004
            SUMMARY:国庆节（休）
            END:VEVENT
            BEGIN:VEVENT
            UID:2@test
            DTSTAMP:20260101T000000Z
            DTSTART;VALUE=DATE:20421012
            SUMMARY:国庆节（班）
            END:VEVENT
            END:VCALENDAR
            """;

        var nameless = await Import(admin, Province, Ics, "holidays.ics");
        var preview = await Import(admin, Province, Ics.ReplaceLineEndings("\r\n"), "holidays.ics", year: "2042");
        await Publish(admin, preview, "按日历文件录入");

        Assert.Contains("请填写通知所属的年份", Assert.Single(nameless.Errors), StringComparison.Ordinal);
        Assert.Equal(DayKind.Holiday, For(Province).Describe(new DateOnly(2042, 10, 3)).Kind);
        Assert.False(For(Province).Describe(new DateOnly(2042, 10, 4)).Kind == DayKind.Holiday);
        Assert.Equal(
            new CalendarDay(new DateOnly(2042, 10, 12), DayKind.MakeUpWorkday, "国庆节"),
            For(Province).Describe(new DateOnly(2042, 10, 12)));
    }

    [Theory]
    [InlineData("", "文件不能是空的")]
    [InlineData("{\"year\":2043,", "第1行附近格式不正确")]
    [InlineData("[]", "年份year和日期列表days")]
    [InlineData("{\"year\":2043,\"days\":[{\"name\":\"元旦\",\"date\":\"2043-01-01\"}]}", "第1项不完整")]
    [InlineData("{\"year\":2043,\"days\":[]}", "没有任何日期")]
    [InlineData("{\"year\":2043,\"days\":[{\"name\":\"元旦\",\"date\":\"2043-02-30\",\"isOffDay\":true}]}", "“2043-02-30”不是有效的日期")]
    [InlineData("{\"year\":2043,\"days\":[{\"name\":\"元旦\",\"date\":\"2045-01-01\",\"isOffDay\":true}]}", "不属于2043年")]
    [InlineData("{\"year\":2043,\"days\":[{\"name\":\"\",\"date\":\"2043-01-01\",\"isOffDay\":true}]}", "节日名称为空")]
    [InlineData("{\"year\":1999,\"days\":[{\"name\":\"元旦\",\"date\":\"1999-01-01\",\"isOffDay\":true}]}", "年份应在2015年至2098年之间")]
    [InlineData(
        "{\"year\":2043,\"days\":[{\"name\":\"元旦\",\"date\":\"2043-01-01\",\"isOffDay\":true},{\"name\":\"元旦\",\"date\":\"2043-01-01\",\"isOffDay\":false}]}",
        "2043-01-01出现了两次")]
    [InlineData("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR", "没有任何日期")]
    [InlineData(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20430101T080000Z\r\nSUMMARY:元旦\r\nEND:VEVENT\r\nEND:VCALENDAR",
        "不是全天事件")]
    [InlineData(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20430101\r\nRRULE:FREQ=DAILY\r\nSUMMARY:元旦\r\nEND:VEVENT\r\nEND:VCALENDAR",
        "重复规则")]
    [InlineData(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20430101\r\nDTEND;VALUE=DATE:20431231\r\nSUMMARY:元旦\r\nEND:VEVENT\r\nEND:VCALENDAR",
        "天数不正确")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:99999999\r\nEND:VCALENDAR", "ICS文件")]
    [InlineData("<html>", "既不是JSON也不是ICS")]
    public async Task A_file_that_is_wrong_says_why_and_changes_nothing(string content, string expected)
    {
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));

        var answer = await Import(admin, Province, content, year: content.StartsWith("BEGIN", StringComparison.Ordinal) ? "2043" : "");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(answer.Errors, error => error.Contains(expected, StringComparison.Ordinal));
        Assert.Equal("国务院办公厅关于节假日安排的通知", answer.Document.QuerySelector("#Title")!.GetAttribute("value"));
        Assert.False(For(Province).IsPublished(2043));
    }

    [Fact]
    public async Task A_file_that_is_too_large_or_no_text_is_refused_in_words()
    {
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));

        var large = await Import(admin, Province, new byte[5 * 1024 * 1024]);
        var binary = await Import(admin, Province, [0xff, 0xfe, 0x00, 0xd8]);

        Assert.Contains("文件超过256 KB", Assert.Single(large.Errors), StringComparison.Ordinal);
        Assert.Contains("不是UTF-8编码", Assert.Single(binary.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Single_days_are_changed_by_hand_on_top_of_what_comes_with_the_product()
    {
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var form = await admin.Get($"/console/calendars/{Province}/2016/days");
        var fields = Fields(form, "form[data-once]");
        // New Year's Day becomes worked, a new day off comes in, all others stay as they are.
        var first = fields.FindIndex(field => field.Value == "2016-01-01");
        fields[first + 1] = new("Kind", "work");
        var blank = fields.FindIndex(field => field is { Key: "Date", Value: "" });
        fields[blank] = new("Date", "2016-03-16");
        fields[blank + 2] = new("Name", "试验日");
        fields[fields.FindIndex(field => field.Key == "Title")] = new("Title", "更正通知");

        var preview = await admin.PostRaw($"/console/calendars/{Province}/2016/days", fields);
        await Publish(admin, preview, "更正");

        Assert.Equal(
            ["2016-01-01", "2016-03-16"],
            preview.Document.QuerySelectorAll("[aria-label='变化的日期'] tbody th").Select(cell => cell.TextContent));
        // Allowed, but pointed out (C-10).
        Assert.Contains("2016年1月1日（星期五）本来就是工作日", preview.Text, StringComparison.Ordinal);
        Assert.True(For(Province).IsWorkday(new DateOnly(2016, 1, 1)));
        Assert.False(For(Province).IsWorkday(new DateOnly(2016, 3, 16)));
        Assert.Equal(DayKind.Holiday, For(Province).Describe(new DateOnly(2016, 10, 3)).Kind);
        Assert.True(For("110000").Describe(new DateOnly(2016, 1, 1)).Kind == DayKind.Holiday);
        var same = Fields(await admin.Get($"/console/calendars/{Province}/2016/days"), "form[data-once]");
        same[same.FindIndex(field => field.Key == "Title")] = new("Title", "更正通知");
        var again = await admin.PostRaw($"/console/calendars/{Province}/2016/days", same);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("与现行日历完全一致", Assert.Single(again.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_publish_on_one_version_the_second_sees_what_the_first_did()
    {
        var first = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var second = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var one = await Import(first, Province, Json(2044, ("2044-01-01", true), ("2044-03-02", true)));
        var other = await Import(second, Province, Json(2044, ("2044-01-01", true), ("2044-03-03", true)));

        Assert.Equal(HttpStatusCode.SeeOther, (await Publish(first, one, "先发布")).Status);
        var conflict = await Publish(second, other, "后发布");

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains(
            conflict.Document.QuerySelectorAll("[aria-label='其他人发布的变化'] tbody th"), cell => cell.TextContent == "2044-03-02");
        Assert.Equal(
            ["2044-03-02", "2044-03-03"],
            conflict.Document.QuerySelectorAll("[aria-label='变化的日期'] tbody th").Select(cell => cell.TextContent));
        Assert.Equal("后发布", conflict.Document.QuerySelector("#Reason")!.TextContent.Trim());
        Assert.False(For(Province).IsWorkday(new DateOnly(2044, 3, 2)));

        // On the new version it goes through.
        Assert.Equal(HttpStatusCode.SeeOther, (await Publish(second, conflict, "核对后发布")).Status);
        Assert.True(For(Province).IsWorkday(new DateOnly(2044, 3, 2)));
        Assert.False(For(Province).IsWorkday(new DateOnly(2044, 3, 3)));
    }

    [Fact]
    public async Task A_city_adds_days_of_its_own_and_inherits_the_rest()
    {
        var province = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var city = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin, "yunpu"));
        await Publish(city, await Import(city, City, Json(2045, ("2045-06-15", true))), "州庆");

        Assert.False(For(City).IsWorkday(new DateOnly(2045, 6, 15)));
        Assert.False(For("990102").IsWorkday(new DateOnly(2045, 6, 15)));
        Assert.True(For(Province).IsWorkday(new DateOnly(2045, 6, 15)));
        Assert.True(For("990200").IsWorkday(new DateOnly(2045, 6, 15)));
        // Days of its own do not make up for the nation's notice.
        Assert.False(For(City).IsPublished(2045));

        await Publish(province, await Import(province, Province, Json(2045, ("2045-01-02", true), ("2045-01-03", true))), "全省");

        Assert.True(For(City).IsPublished(2045));
        Assert.False(For(City).IsWorkday(new DateOnly(2045, 1, 3)));
        Assert.False(For(City).IsWorkday(new DateOnly(2045, 6, 15)));
        Assert.Equal(HttpStatusCode.NotFound, (await city.Get($"/console/calendars/{Province}/2045")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await city.Get($"/console/calendars/{Province}/import")).Status);
        Assert.DoesNotContain("云岭省人民政府", (await city.Get("/console/calendars")).Document.QuerySelector(".c-main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await province.Get($"/console/calendars/{City}/2045")).Status);
    }

    [Fact]
    public async Task A_departments_administrator_keeps_no_calendar_although_the_code_is_the_provinces()
    {
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin, "jyt"));

        Assert.Contains("没有由您维护的日历", (await admin.Get("/console/calendars")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/console/calendars/{Province}/2026")).Status);
    }

    [Fact]
    public async Task Nothing_is_published_without_a_reason_or_twice()
    {
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var preview = await Import(admin, Province, Json(2046, ("2046-01-01", true)));

        var silent = await Publish(admin, preview, " ");
        await Publish(admin, preview, "按通知录入");
        var again = await Publish(admin, preview, "按通知录入");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.Status);
        Assert.Contains("请填写发布理由", Assert.Single(silent.Errors), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("与现行日历完全一致", again.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update host.calendar_versions set title = 'x'")]
    [InlineData("delete from host.calendar_versions")]
    [InlineData("update host.calendar_days set is_off = not is_off")]
    [InlineData("truncate host.calendar_days")]
    public async Task What_is_published_stays_as_it_is(string sql)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => host.Use<HostDbContext>(db =>
            db.Database.ExecuteSqlAsync(System.Runtime.CompilerServices.FormattableStringFactory.Create(sql))));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Today_reminds_of_a_year_without_a_notice_until_it_is_published()
    {
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var department = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin, "jyt"));
        await admin.Post(
            "/console/settings/CalendarSettings.RemindFromMonth",
            new() { ["Value"] = "1", ["Inherit"] = "false", ["Reason"] = "测试" });
        var next = host.Clock.GetUtcNow().AddHours(8).Year + 1;
        var line = $"{next}年节假日安排未公布";

        var before = await admin.Get("/console");
        var others = await department.Get("/console");
        await Publish(admin, await Import(admin, Province, Json(next, ($"{next}-01-01", true))), "按通知录入");
        var after = await admin.Get("/console");

        Assert.Contains(line, before.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(line, others.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(line, after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_cost_the_same_however_many_versions_there_are()
    {
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        foreach (var path in new[] { "/console/calendars", $"/console/calendars/{Province}/2026", $"/console/calendars/{Province}/2026/days" })
        {
            await admin.Get(path);
            using var queries = PortalHost.CountQueries();
            Assert.Equal(HttpStatusCode.OK, (await admin.Get(path)).Status);
            Assert.InRange(queries.Count, 1, 6);
        }
    }

    [Fact]
    public async Task Another_host_learns_of_a_publication()
    {
        var admin = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        await using var beside = new SecondHost(host);
        await beside.InitializeAsync();
        var there = beside.Services.GetRequiredService<Portal.Host.Calendars.CalendarDirectory>();
        await there.EnsureLoadedAsync(CancellationToken.None);

        await Publish(admin, await Import(admin, Province, Json(2047, ("2047-05-06", true))), "按通知录入");
        await there.RefreshAsync(CancellationToken.None);

        Assert.False(there.For(City).IsWorkday(new DateOnly(2047, 5, 6)));
        Assert.Equal(For(City).Version, there.For(City).Version);
    }

    private WorkingCalendar For(string region) => host.Services.GetRequiredService<ICalendars>().For(region);

    private async Task ToldOf(Person person, string reason, int year)
    {
        var rows = await host.Use<HostDbContext, List<OutboxMessage>>(db => db.Outbox.AsNoTracking().ToListAsync());
        var decision = rows.Where(row => row.Type == typeof(DecisionTaken).FullName)
            .Select(row => JsonSerializer.Deserialize<DecisionTaken>(row.Payload, MessageJson.Options)!)
            .Single(row => row.Action == "host.calendar.published" && row.ActorId == person.Id);
        Assert.Equal(reason, decision.Opinion);
        Assert.Equal(year.ToString(CultureInfo.InvariantCulture), decision.Facts["year"]);
        var fact = rows.Where(row => row.Type == typeof(CalendarPublished).FullName)
            .Select(row => JsonSerializer.Deserialize<CalendarPublished>(row.Payload, MessageJson.Options)!)
            .Single(row => row.ActorId == person.Id);
        Assert.Equal((Province, decision.ObjectId), (fact.RegionCode, $"{fact.RegionCode}-{fact.Number}"));
        Assert.Equal([year - 1, year], fact.Years);
    }

    private static string Json(int year, params (string Date, bool Off)[] days) => JsonSerializer.Serialize(new
    {
        year,
        papers = new[] { "https://www.gov.cn/zhengce/" + year },
        days = days.Select(day => new { name = "元旦", date = day.Date, isOffDay = day.Off }),
    });

    private static Task<Answer> Import(
        Browser browser, string region, string content, string file = "holidays.json", string year = "") =>
        Import(browser, region, Encoding.UTF8.GetBytes(content), file, year);

    private static async Task<Answer> Import(
        Browser browser, string region, byte[] content, string file = "holidays.json", string year = "")
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(content), "File", file },
            { new StringContent(year), "Year" },
            { new StringContent("国务院办公厅关于节假日安排的通知"), "Title" },
            { new StringContent("国办发明电〔2026〕7号"), "DocumentNumber" },
            { new StringContent("2026-01-05"), "NoticeOn" },
        };
        return await browser.PostContent($"/console/calendars/{region}/import", form, $"/console/calendars/{region}/import");
    }

    /// <summary>Fills in the reason on a preview and sends it.</summary>
    private static async Task<Answer> Publish(Browser browser, Answer preview, string reason)
    {
        var form = preview.Document.QuerySelector("form[action$='/versions']")!;
        var fields = Fields(preview, "form[action$='/versions']");
        fields.RemoveAll(field => field.Key == "Reason");
        return await browser.PostRaw(form.GetAttribute("action")!, [.. fields, new("Reason", reason)]);
    }

    /// <summary>The fields of a form as a browser would send them.</summary>
    private static List<KeyValuePair<string, string>> Fields(Answer page, string form) =>
    [
        .. page.Document.QuerySelector(form)!.QuerySelectorAll("input[name], select[name], textarea[name]").Select(field =>
            KeyValuePair.Create(
                field.GetAttribute("name")!,
                field.LocalName == "select"
                    ? (field.QuerySelector("option[selected]") ?? field.QuerySelector("option"))!.GetAttribute("value")!
                    : field.GetAttribute("value") ?? "")),
    ];

    private sealed class SecondHost(PortalHost first) : PortalHost
    {
        protected override PortalHost Beside => first;
    }
}
