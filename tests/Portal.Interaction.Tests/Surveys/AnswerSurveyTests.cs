using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Interaction.Announcements;
using Portal.Interaction.Surveys;
using Portal.Interaction.Tests.Announcements;
using Portal.Shared.Submissions;
using Portal.Testing;

namespace Portal.Interaction.Tests.Surveys;

/// <summary>Filling in over HTTP: pages, branches, what is forged, and the three modes.</summary>
public sealed class AnswerSurveyTests(SurveyRoom room) : IClassFixture<SurveyRoom>
{
    [Fact]
    public async Task Whoever_answers_is_warned_of_numbers_of_persons_and_told_that_sections_may_come()
    {
        var survey = await room.Open();
        var browser = room.Visitor(SurveyRoom.SiteKey);
        var first = await browser.Get(SurveyRoom.PathOf(survey));
        Assert.Contains("后面的部分随您的回答增减", first.Document.QuerySelector(".p-survey-progress")!.TextContent, StringComparison.Ordinal);
        var next = await SurveyRoom.Turn(browser, survey, first, "next", ("q.use", "no"));
        Assert.DoesNotContain("增减", next.Document.QuerySelector(".p-survey-progress")!.TextContent, StringComparison.Ordinal);
        var warned = await SurveyRoom.Checked(browser, survey, say: "我的身份证号码是990102199001011237，请联系我。");
        Assert.Contains("像身份证号码或者手机号码", warned.Document.QuerySelector("main .govuk-warning-text")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await SurveyRoom.Checked(browser, survey, say: "字大一些")).Document.QuerySelector("main .govuk-warning-text"));
        // A warning, no more: it is sent all the same.
        Assert.True(SurveyRoom.IsDone(await SurveyRoom.Turn(browser, survey, warned, "send")));
    }

    [Fact]
    public async Task One_section_a_page_with_branches_back_check_and_done()
    {
        var survey = await room.Open();
        var browser = room.Visitor(SurveyRoom.SiteKey);
        var front = await browser.Get($"/surveys/{survey.Key}");
        Assert.Equal(200, (int)front.Status);
        Assert.Contains("不记录您的网络地址", front.Text, StringComparison.Ordinal);
        Assert.Contains(survey.Key, (await browser.Get("/surveys")).Text, StringComparison.Ordinal);

        var page = await browser.Get(SurveyRoom.PathOf(survey));
        Assert.StartsWith("no-store", page.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Contains("第 1 部分，共 2 部分", page.Text, StringComparison.Ordinal);
        page = await SurveyRoom.Turn(browser, survey, page, "next", ("q.use", "yes"), ("q.age", "三十"));
        Assert.Equal(422, (int)page.Status);
        Assert.StartsWith("错误：", page.Document.Title, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector(".govuk-error-summary a[href='#q-age']"));
        Assert.Equal("三十", page.Document.QuerySelector("#q-age")!.GetAttribute("value"));
        Assert.NotNull(page.Document.QuerySelector("input[name='q.use'][value=yes][checked]"));

        page = await SurveyRoom.Turn(browser, survey, page, "next", ("q.use", "yes"), ("q.age", "30"));
        Assert.Contains("第 2 部分，共 3 部分", page.Text, StringComparison.Ordinal);
        page = await SurveyRoom.Turn(browser, survey, page, "back", ("q.what", "law"));
        Assert.NotNull(page.Document.QuerySelector("input[name='q.use'][value=yes][checked]"));
        page = await SurveyRoom.Turn(browser, survey, page, "next", ("q.use", "yes"), ("q.age", "30"));
        // What was typed before going back is there again.
        Assert.NotNull(page.Document.QuerySelector("input[name='q.what'][value=law][checked]"));
        page = await SurveyRoom.Turn(browser, survey, page, "next", ("q.what", "law"), ("q.feel.fast", "good"), ("q.rank.b", "1"), ("q.rank.c", "2"));
        page = await SurveyRoom.Turn(browser, survey, page, "next", ("q.score", "5"), ("q.say", "字大一些"));
        Assert.Contains("检查您的答案", page.Text, StringComparison.Ordinal);
        Assert.Contains("字大一些", page.Text, StringComparison.Ordinal);
        page = await SurveyRoom.Turn(browser, survey, page, "go:s1");
        // Somebody who changes their mind leaves the branch, and its answers with it.
        page = await SurveyRoom.Turn(browser, survey, page, "next", ("q.use", "no"), ("q.age", "30"));
        Assert.Contains("第 2 部分，共 2 部分", page.Text, StringComparison.Ordinal);
        page = await SurveyRoom.Turn(browser, survey, page, "next", ("q.score", "5"), ("q.say", "字大一些"));
        Assert.True(SurveyRoom.IsDone(await SurveyRoom.Turn(browser, survey, page, "send")));
        // Again: still one answer, and that is said, for something may have been changed in between.
        var again = await SurveyRoom.Turn(browser, survey, page, "send");
        Assert.True(SurveyRoom.IsDone(again));
        Assert.Contains("以第一次提交的内容为准", again.Text, StringComparison.Ordinal);

        Assert.Equal(1, await room.Read(db => db.SurveyEnvelopes.CountAsync(row => row.SurveyId == survey.Id)));
        room.Clock.Advance(TimeSpan.FromDays(1));
        await room.Mix();
        var content = Assert.Single(await room.Contents(survey.Id));
        Assert.Equal("""{"age":{"number":30},"use":{"chosen":["no"]},"score":{"chosen":["5"]}}""", content.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("字大一些", await room.Read(db => db.SurveyWords.Where(row => row.SurveyId == survey.Id).Select(row => row.Text).SingleAsync()));
    }

    [Theory]
    [InlineData("next", 422)]
    [InlineData("send", 422)]
    [InlineData("next", 200)]
    public async Task A_section_whose_cookie_is_gone_or_that_is_wanted_larger_is_shown_again_as_filled_in(string act, int status)
    {
        var survey = await room.Open();
        var browser = room.Visitor(SurveyRoom.SiteKey);
        var page = await SurveyRoom.Turn(browser, survey, await browser.Get(SurveyRoom.PathOf(survey)), "next", ("q.use", "no"), ("q.age", "30"));
        var asked = status == 200;
        page = await SurveyRoom.Turn(
            asked ? browser : room.Visitor(SurveyRoom.SiteKey), survey, page, act, [("q.score", "5"), ("q.say", "字大一些"), .. asked ? new[] { ("Show", "large") } : []]);
        Assert.Equal(status, (int)page.Status);
        Assert.Equal(asked, page.Errors.Count == 0);
        Assert.Contains("第 2 部分", page.Text, StringComparison.Ordinal);
        Assert.Contains("字大一些", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await room.Read(db => db.SurveyEnvelopes.CountAsync(row => row.SurveyId == survey.Id)));
    }

    [Fact]
    public async Task Two_clicks_at_once_make_one_answer()
    {
        var survey = await room.Open();
        var browser = room.Visitor(SurveyRoom.SiteKey);
        var page = await SurveyRoom.Checked(browser, survey);
        var both = await Task.WhenAll(SurveyRoom.Turn(browser, survey, page, "send"), SurveyRoom.Turn(browser, survey, page, "send"));
        Assert.All(both, answer => Assert.True(SurveyRoom.IsDone(answer)));
        Assert.Equal(1, await room.Read(db => db.SurveyEnvelopes.CountAsync(row => row.SurveyId == survey.Id)));
    }

    [Fact]
    public async Task What_is_forged_is_refused_in_words_and_what_nobody_asked_is_dropped()
    {
        var survey = await room.Open();
        var browser = room.Visitor(SurveyRoom.SiteKey);
        var first = await browser.Get(SurveyRoom.PathOf(survey));
        var forged = await SurveyRoom.Turn(browser, survey, first, "next", ("q.use", "hacked"));
        Assert.Equal(422, (int)forged.Status);
        Assert.Contains("不在题目中", forged.Text, StringComparison.Ordinal);

        // A section that is hidden, posted all the same; and send from the middle.
        var page = await SurveyRoom.Turn(browser, survey, first, "next", ("q.use", "no"), ("q.what", "news"), ("x", "y"));
        var early = await SurveyRoom.Turn(browser, survey, page, "send", ("q.score", ""));
        Assert.Equal(422, (int)early.Status);
        Assert.NotNull(early.Document.QuerySelector(".govuk-error-summary a[href='#q-score']"));

        // A token that was cut, or of another survey, begins anew and says so.
        var other = await room.Open();
        var foreign = await SurveyRoom.Turn(browser, other, page, "next", ("q.score", "1"));
        Assert.Equal(422, (int)foreign.Status);
        Assert.Contains("从头填写", foreign.Text, StringComparison.Ordinal);

        // Too long for the field, and too much for the form: nothing typed is lost.
        var longer = await SurveyRoom.Turn(browser, survey, page, "next", ("q.score", "1"), ("q.say", new string('长', 5000)));
        Assert.Equal(422, (int)longer.Status);
        Assert.Equal(5000, longer.Document.QuerySelector("#q-say")!.TextContent.Trim().Length);
        Assert.Contains("不超过200个字", longer.Text, StringComparison.Ordinal);
        using var huge = new FormUrlEncodedContent([new("x", new string('x', 2_000_000))]);
        Assert.True((int)(await browser.SendContent(SurveyRoom.PathOf(survey), huge)).Status is 400 or 413);
    }

    [Fact]
    public async Task Who_stays_longer_than_a_day_is_asked_to_look_again_and_loses_nothing()
    {
        var survey = await room.Open();
        var browser = room.Visitor(SurveyRoom.SiteKey);
        var page = await SurveyRoom.Checked(browser, survey, say: "慢慢写的");
        room.Clock.Advance(TimeSpan.FromHours(25));
        var old = await SurveyRoom.Turn(browser, survey, page, "send");
        Assert.Equal(422, (int)old.Status);
        Assert.Contains("慢慢写的", old.Text, StringComparison.Ordinal);
        Assert.True(SurveyRoom.IsDone(await SurveyRoom.Turn(browser, survey, old, "send")));
    }

    [Fact]
    public async Task A_survey_that_is_over_takes_nothing_and_says_since_when()
    {
        var survey = await room.Open();
        var browser = room.Visitor(SurveyRoom.SiteKey);
        var page = await SurveyRoom.Checked(browser, survey);
        room.Clock.Advance(TimeSpan.FromDays(11));
        var late = await SurveyRoom.Turn(browser, survey, page, "send");
        Assert.Equal(409, (int)late.Status);
        Assert.Contains("已于", late.Text, StringComparison.Ordinal);
        Assert.Equal(0, await room.Read(db => db.SurveyEnvelopes.CountAsync(row => row.SurveyId == survey.Id)));
        Assert.Equal(404, (int)(await browser.Get($"/surveys/{survey.Key}/result")).Status);
        Assert.Equal(404, (int)(await browser.Get("/surveys/nothing/answer")).Status);
        Assert.Equal(404, (int)(await room.Visitor().Get($"/surveys/{survey.Key}")).Status);
    }

    [Fact]
    public async Task A_code_is_good_for_one_answer_that_it_can_change()
    {
        var survey = await room.Open(SurveyMode.Code);
        var desk = await room.Desk();
        var issued = await desk.Post($"/console/surveys/{survey.Id}/codes", new() { ["Number"] = "3", ["As"] = "page" }, "/console/account/password");
        var codes = issued.Document.QuerySelectorAll(".c-codes code").Select(node => node.TextContent).ToList();
        Assert.Equal(3, codes.Count);
        Assert.Empty(await Dump.TablesHolding(room.OwnerConnection, [codes[0], codes[0].Replace("-", "", StringComparison.Ordinal)]));

        var browser = room.Visitor(SurveyRoom.SiteKey);
        var start = await browser.Get(SurveyRoom.PathOf(survey));
        var wrong = await SurveyRoom.Turn(browser, survey, start, "begin", ("Code", SecretCode.Of(new byte[16])));
        Assert.Equal(422, (int)wrong.Status);
        Assert.Contains("参与码不正确", wrong.Text, StringComparison.Ordinal);
        var first = await SurveyRoom.Turn(browser, survey, start, "begin", ("Code", codes[0].ToUpperInvariant()));
        Assert.True(SurveyRoom.IsDone(await SurveyRoom.Turn(browser, survey, await SurveyRoom.Checked(browser, survey, first), "send")));

        var again = await SurveyRoom.Turn(browser, survey, start, "begin", ("Code", codes[0]));
        Assert.NotNull(again.Document.QuerySelector("input[name='q.use'][value=no][checked]"));
        var changed = await SurveyRoom.Turn(browser, survey, await SurveyRoom.Checked(browser, survey, again, score: "1"), "send");
        Assert.True(SurveyRoom.IsDone(changed));
        Assert.Contains("\"1\"", Assert.Single(await room.Contents(survey.Id)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_answers_once_and_lies_sealed()
    {
        var survey = await room.Open(SurveyMode.RealName);
        var browser = room.Visitor(SurveyRoom.SiteKey);
        var start = await browser.Get(SurveyRoom.PathOf(survey));
        Assert.Equal(422, (int)(await SurveyRoom.Turn(browser, survey, start, "begin", ("Name", ""), ("Proof", "13800004321"))).Status);
        Assert.Equal(422, (int)(await SurveyRoom.Turn(browser, survey, start, "begin", ("Name", "闻人慕容"), ("Proof", "12"))).Status);
        var first = await SurveyRoom.Turn(browser, survey, start, "begin", ("Name", "闻人慕容"), ("Proof", "138 0000 4321"));
        var done = await SurveyRoom.Turn(browser, survey, await SurveyRoom.Checked(browser, survey, first), "send");
        Assert.True(SurveyRoom.IsDone(done));
        var code = done.Document.QuerySelector(".p-receipt__code")!.TextContent;
        Assert.Empty(await Dump.TablesHolding(room.OwnerConnection, ["闻人慕容", "13800004321", code, code.Replace("-", "", StringComparison.Ordinal)]));

        var twice = await SurveyRoom.Turn(browser, survey, start, "begin", ("Name", "别人"), ("Proof", "13800004321"));
        Assert.Contains("已经提交过", twice.Text, StringComparison.Ordinal);
        var opened = await SurveyRoom.Turn(browser, survey, start, "change", ("Code", code));
        Assert.NotNull(opened.Document.QuerySelector("input[name='q.use'][value=no][checked]"));
        Assert.True(SurveyRoom.IsDone(await SurveyRoom.Turn(browser, survey, await SurveyRoom.Checked(browser, survey, opened, score: "2"), "send")));
        Assert.Contains("\"2\"", Assert.Single(await room.Contents(survey.Id)), StringComparison.Ordinal);

        room.Clock.Advance(TimeSpan.FromDays(200));
        await room.Mix();
        var erased = await room.Read(db => db.SurveyAnswers.AsNoTracking().SingleAsync(row => row.SurveyId == survey.Id));
        Assert.Equal((null, null), (erased.Sealed, erased.SealedKey));
    }

    [Fact]
    public async Task After_the_first_answer_the_database_keeps_the_questions()
    {
        var survey = await room.Open();
        await Refused("update interaction.survey_versions set content = '{}' where survey_id = $1", survey.Id);
        await Changed("update interaction.surveys set hash = 'x' where id = $1", survey.Id);
        await Changed("update interaction.surveys set hash = $2 where id = $1", survey.Id, survey.Hash!);
        var browser = room.Visitor(SurveyRoom.SiteKey);
        Assert.True(SurveyRoom.IsDone(await SurveyRoom.Turn(browser, survey, await SurveyRoom.Checked(browser, survey), "send")));
        await Refused("update interaction.surveys set hash = 'x' where id = $1", survey.Id);
        await Refused("update interaction.surveys set definition = '{}' where id = $1", survey.Id);
        await Refused("update interaction.surveys set mode = 'RealName' where id = $1", survey.Id);
        await Refused("delete from interaction.survey_versions where survey_id = $1", survey.Id);

        // Withdrawn in public, it waits; but nobody can change what was answered.
        await room.WithdrawAnnouncement(AnnouncementKind.SurveyNotice, survey.Id);
        Assert.Equal(404, (int)(await browser.Get(SurveyRoom.PathOf(survey))).Status);
        var reopened = await room.Step(survey.Id, SurveyTrigger.Reopen);
        Assert.Equal(409, (int)reopened.Status);
        Assert.Contains("已有答卷", reopened.Text, StringComparison.Ordinal);
    }

    private async Task Refused(string sql, params object[] values) =>
        Assert.Equal("P0001", (await Assert.ThrowsAsync<PostgresException>(() => Changed(sql, values))).SqlState);

    private async Task Changed(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(room.OwnerConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>Codes tried by the thousand, and answers by the thousand from one network.</summary>
public sealed class SurveyLimitTests(SurveyRoom room) : IClassFixture<SurveyRoom>
{
    [Fact]
    public async Task Wrong_codes_are_locked_after_the_limit_and_a_right_one_waits_as_long_as_is_said()
    {
        var survey = await room.Open(SurveyMode.Code);
        var desk = await room.Desk();
        var issued = await desk.Post($"/console/surveys/{survey.Id}/codes", new() { ["Number"] = "1", ["As"] = "page" }, "/console/account/password");
        var code = issued.Document.QuerySelector(".c-codes code")!.TextContent;
        var browser = room.Visitor(SurveyRoom.SiteKey);
        var start = await browser.Get(SurveyRoom.PathOf(survey));
        var most = new SurveySettings().TriesPerNetworkAndHour;
        for (var i = 0; i < most; i++)
        {
            Assert.Equal(422, (int)(await SurveyRoom.Turn(browser, survey, start, "begin", ("Code", "WRONG" + i))).Status);
        }

        var locked = await SurveyRoom.Turn(browser, survey, start, "begin", ("Code", code));
        Assert.Equal(429, (int)locked.Status);
        var wait = TimeSpan.FromSeconds(int.Parse(locked.Header("Retry-After")!, CultureInfo.InvariantCulture));
        room.Clock.Advance(wait - TimeSpan.FromSeconds(2));
        Assert.Equal(429, (int)(await SurveyRoom.Turn(browser, survey, start, "begin", ("Code", code))).Status);
        room.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(200, (int)(await SurveyRoom.Turn(browser, survey, start, "begin", ("Code", code))).Status);
    }
}
