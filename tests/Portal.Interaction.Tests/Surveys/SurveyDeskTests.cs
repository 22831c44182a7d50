using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Announcements;
using Portal.Interaction.Surveys;
using Portal.Interaction.Tests.Announcements;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Interaction.Tests.Surveys;

/// <summary>The desk: building, the reviews, the result, and what the public reads of it.</summary>
public sealed class SurveyDeskTests(SurveyRoom room) : IClassFixture<SurveyRoom>
{
    [Fact]
    public async Task A_survey_is_started_built_previewed_and_announced()
    {
        await room.InteractionChannel(SurveyRoom.SiteKey);
        var desk = await room.Desk();
        Dictionary<string, string> facts = new()
        {
            ["Title"] = "公交出行网上调查",
            ["Key"] = "bus-2026",
            ["Purpose"] = "了解市民乘坐公交的情况，用于调整线路。",
            ["Unit"] = "云浦市交通运输局",
            ["Minutes"] = "3",
            ["Mode"] = "Anonymous",
            ["OpensOn"] = Day(0),
            ["ClosesOn"] = Day(3),
        };
        var few = await desk.Post("/console/surveys/new", facts);
        Assert.Equal(422, (int)few.Status);
        Assert.NotNull(few.Document.QuerySelector(".govuk-error-summary a[href='#ClosesOn']"));
        facts["ClosesOn"] = Day(20);
        var started = await desk.Post("/console/surveys/new", facts);
        Assert.Equal(302, (int)started.Status);
        var home = started.Location!.Split('?')[0];
        var id = Guid.Parse(home.Split('/')[^1]);
        Assert.Equal(422, (int)(await desk.Post("/console/surveys/new", facts)).Status);

        // An empty questionnaire is not submitted.
        Assert.Equal(422, (int)(await room.Step(id, SurveyTrigger.Submit)).Status);
        await Build(desk, id, ("Act", "SaveSection"), ("Title", "出行"));
        await Build(desk, id, ("Act", "SaveQuestion"), ("In", "s1"), ("Title", "您坐公交吗"), ("Kind", "One"), ("Required", "true"), ("Options", "经常坐\n偶尔坐\n不坐"));
        await Build(desk, id, ("Act", "SaveSection"), ("Title", "感受"));
        await Build(
            desk, id, ("Act", "SaveQuestion"), ("In", "s2"), ("Title", "哪些方面要改"), ("Kind", "Several"), ("Options", "等车时间\n其他【填写】\n都好【互斥】"),
            ("When[0].Question", "q1"), ("When[0].Operator", "IsAny"), ("When[0].Values", "经常坐\n偶尔坐"));
        var wrong = await desk.Post(
            home + "/questions",
            new() { ["Version"] = await Version(id), ["Act"] = "SaveQuestion", ["In"] = "s2", ["Title"] = "打分", ["Kind"] = "Rating", ["Options"] = "一个" },
            "/console/account/password");
        Assert.Equal(422, (int)wrong.Status);
        Assert.Contains("“打分”要有2到", wrong.Text, StringComparison.Ordinal);
        Assert.Equal("一个", wrong.Document.QuerySelector("#Options")!.TextContent.Trim());
        await Build(desk, id, ("Act", "SaveQuestion"), ("In", "s2"), ("Title", "还想说什么"), ("Kind", "LongText"), ("Maximum", "300"));
        await Build(desk, id, ("Act", "Up"), ("Key", "q3"));
        var definition = SurveyJson.Read<SurveyDefinition>((await room.Find(id)).Definition);
        Assert.Equal(["q1", "q3", "q2"], definition.Questions.Select(question => question.Key));
        Assert.Equal(["1", "2"], definition.Find("q2")!.ShowWhen!.Conditions[0].Values);
        Assert.True(definition.Find("q2")!.Options[2].Exclusive);
        Assert.True(definition.Find("q2")!.Options[1].Other);

        // The condition names the first section: moved behind, it is said so.
        await Build(desk, id, ("Act", "Down"), ("Key", "s1"));
        Assert.Contains("不在前面部分", (await desk.Get(home + "/questions")).Text, StringComparison.Ordinal);
        Assert.Equal(422, (int)(await room.Step(id, SurveyTrigger.Submit)).Status);
        await Build(desk, id, ("Act", "Up"), ("Key", "s1"));

        var preview = await desk.Get(home + "/preview");
        Assert.Contains("这是预览", preview.Text, StringComparison.Ordinal);
        Assert.Contains("您坐公交吗", preview.Text, StringComparison.Ordinal);
        Assert.Equal(302, (int)(await room.Step(id, SurveyTrigger.Submit)).Status);
        Assert.Equal(404, (int)(await room.Visitor(SurveyRoom.SiteKey).Get("/surveys/bus-2026")).Status);

        // Frozen at the desk; what came back from the reviews is a draft again.
        var frozen = await desk.Post(
            home + "/questions", new() { ["Version"] = await Version(id), ["Act"] = "Remove", ["Key"] = "q1" }, "/console/account/password");
        Assert.Equal(409, (int)frozen.Status);
        Assert.Equal(409, (int)(await room.Step(id, SurveyTrigger.Reopen)).Status);
        await room.SendBackAnnouncement(AnnouncementKind.SurveyNotice, id);
        Assert.Equal(302, (int)(await room.Step(id, SurveyTrigger.Reopen)).Status);
        await Build(desk, id, ("Act", "SaveSection"), ("Key", "s1"), ("Title", "出行情况"));
        Assert.Equal(302, (int)(await room.Step(id, SurveyTrigger.Submit)).Status);
        await room.Announce(AnnouncementKind.SurveyNotice, id);
        Assert.Contains("开始填写", (await room.Visitor(SurveyRoom.SiteKey).Get("/surveys/bus-2026")).Text, StringComparison.Ordinal);

        // A copy begins with the same questions.
        facts["Key"] = "bus-2027";
        facts["Like"] = id.ToString();
        var copy = await desk.Post("/console/surveys/new", facts);
        var copied = await room.Find(Guid.Parse(copy.Location!.Split('?')[0].Split('/')[^1]));
        Assert.Equal((await room.Find(id)).Definition, copied.Definition);
        var brought = await desk.Post(
            $"/console/surveys/{copied.Id}/questions",
            new() { ["Version"] = await Version(copied.Id), ["Act"] = "Import", ["Json"] = "{\"format\":1,\"sections\":[],\"x\":1}" }, "/console/account/password");
        Assert.Equal(422, (int)brought.Status);
    }

    [Fact]
    public async Task A_section_goes_with_its_questions_only_when_somebody_says_so()
    {
        var survey = await room.Draft();
        var (desk, home) = (await room.Desk(), $"/console/surveys/{survey.Id}/questions");
        var builder = await desk.Get(home);
        Assert.NotNull(builder.Document.QuerySelector($"a[href='{home}?remove=s2']"));
        var asks = await desk.Get(home + "?remove=s2");
        Assert.Contains("将删除“使用感受”和其中的3个问题", asks.Text, StringComparison.Ordinal);
        Dictionary<string, string> form = new() { ["Version"] = await Version(survey.Id), ["Act"] = "Remove", ["Key"] = "s2" };
        var refused = await desk.Post(home, form, "/console/account/password");
        Assert.Equal(422, (int)refused.Status);
        Assert.NotNull(refused.Document.QuerySelector(".govuk-error-summary a[href='#Sure']"));
        Assert.Equal(3, SurveyJson.Read<SurveyDefinition>((await room.Find(survey.Id)).Definition).Sections.Count);
        form["Sure"] = "true";
        Assert.Equal(302, (int)(await desk.Post(home, form, "/console/account/password")).Status);
        Assert.Equal(["s1", "s3"], SurveyJson.Read<SurveyDefinition>((await room.Find(survey.Id)).Definition).Sections.Select(section => section.Key));
    }

    [Fact]
    public async Task A_question_goes_only_when_somebody_says_so()
    {
        var survey = await room.Draft();
        var (desk, home) = (await room.Desk(), $"/console/surveys/{survey.Id}/questions");
        Assert.Contains("将删除题目“年龄”", (await desk.Get(home + "?remove=age")).Text, StringComparison.Ordinal);
        Dictionary<string, string> form = new() { ["Version"] = await Version(survey.Id), ["Act"] = "Remove", ["Key"] = "age" };
        Assert.Equal(422, (int)(await desk.Post(home, form, "/console/account/password")).Status);
        form["Sure"] = "true";
        Assert.Equal(302, (int)(await desk.Post(home, form, "/console/account/password")).Status);
        Assert.Null(SurveyJson.Read<SurveyDefinition>((await room.Find(survey.Id)).Definition).Find("age"));
    }

    [Fact]
    public async Task A_questionnaire_that_cannot_be_served_is_not_offered_for_a_look()
    {
        var survey = await room.Draft(definition: new SurveyDefinition());
        var desk = await room.Desk();
        Assert.Null((await desk.Get($"/console/surveys/{survey.Id}")).Document.QuerySelector("a[href$='/preview']"));
        var sent = await desk.Get($"/console/surveys/{survey.Id}/preview");
        var builder = await desk.Get(sent.Location!);
        Assert.Contains("改好才能预览和提交", builder.Text, StringComparison.Ordinal);
        Assert.Null(builder.Document.QuerySelector("a[href$='/preview']"));
    }

    [Fact]
    public async Task Who_reviews_the_notice_reads_every_rule_of_the_questionnaire()
    {
        var survey = await room.Open();
        var path = await room.Read(db => db.AnnouncedDocuments.Where(row => row.SubjectId == survey.Id).Select(row => row.Path).SingleAsync());
        var notice = (await room.Visitor(SurveyRoom.SiteKey).Get("/" + path)).Text;
        foreach (var words in (string[])
        [
            "1. 您用过本网站吗（单选，必答）", "2. 年龄（数字，选填，单位：岁，1至120）", "显示条件：“您用过本网站吗”选了项yes",
            "用来做什么（多选，必答，最多选2项）", "其他（请填写者说明）", "都不是（不与其他项同选）", "先改什么（排序，选填，请选出第1位至第2位，不能重复）",
            "什么时候开始用（日期，选填，不早于2000年1月1日）", "您的建议（多行文字，选填，不超过200个字）",
        ])
        {
            Assert.Contains(words, notice, StringComparison.Ordinal);
        }

        // Who fills it in is told the same.
        var browser = room.Visitor(SurveyRoom.SiteKey);
        var page = await SurveyRoom.Turn(browser, survey, await browser.Get(SurveyRoom.PathOf(survey)), "next", ("q.use", "no"));
        Assert.Contains("不早于2000年1月1日", page.Document.QuerySelector("[id='q.since-hint'], #q-since-hint")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_review_nothing_else_is_submitted_and_who_submitted_it_may_take_it_back()
    {
        await room.InteractionChannel(SurveyRoom.SiteKey);
        var survey = await room.Draft();
        Assert.Equal(302, (int)(await room.Step(survey.Id, SurveyTrigger.Submit)).Status);
        var edition = await room.AnnouncedEdition(AnnouncementKind.SurveyNotice, survey.Id);
        var desk = await room.Desk();
        var page = await desk.Get($"/console/surveys/{survey.Id}");
        Assert.NotNull(page.Document.QuerySelector($".govuk-inset-text a[href='/console/editions/{edition.Id}']"));
        Assert.Empty(page.Document.QuerySelectorAll("input[name=Trigger][value=Cancel], input[name=Trigger][value=Extend]"));

        var other = await room.SignInAs(await room.Data.Staff(Role.InteractionEditor, SurveyRoom.SiteKey), again: true);
        Assert.Equal(403, (int)(await Recall(other)).Status);
        var review = await desk.Get($"/console/editions/{edition.Id}");
        Assert.NotNull(review.Document.QuerySelector("form[action$='/recall']"));
        Assert.Equal(302, (int)(await Recall(desk)).Status);
        // Where it lies now nobody edits it by hand.
        var back = await desk.Get($"/console/editions/{edition.Id}");
        Assert.Contains("由业务页面生成", back.Text, StringComparison.Ordinal);
        Assert.Equal(302, (int)(await room.Step(survey.Id, SurveyTrigger.Reopen)).Status);
        Assert.Equal(302, (int)(await room.Step(survey.Id, SurveyTrigger.Submit)).Status);
        await room.Announce(AnnouncementKind.SurveyNotice, survey.Id);

        // An extension on its way is no ground for a second one; taken back, the same may be sent again.
        (string, string)[] longer = [("ClosesOn", Iso(survey.ClosesOn.AddDays(7))), ("Reason", "农忙季节，延长一周。")];
        Assert.Equal(302, (int)(await room.Step(survey.Id, SurveyTrigger.Extend, longer)).Status);
        page = await desk.Get($"/console/surveys/{survey.Id}");
        Assert.Empty(page.Document.QuerySelectorAll("input[name=Trigger][value=Cancel], input[name=Trigger][value=Extend]"));
        Assert.Equal(409, (int)(await room.Step(survey.Id, SurveyTrigger.Extend, longer)).Status);
        edition = await room.AnnouncedEdition(AnnouncementKind.SurveyNotice, survey.Id);
        Assert.Equal(302, (int)(await Recall(desk)).Status);
        Assert.Equal(302, (int)(await room.Step(survey.Id, SurveyTrigger.Extend, longer)).Status);

        Task<Answer> Recall(Browser browser) => browser.Post(
            $"/console/editions/{edition.Id}/recall",
            new() { ["version"] = edition.Version.ToString(CultureInfo.InvariantCulture), ["Reason"] = "题目有误" }, "/console/account/password");
    }

    [Fact]
    public async Task Facts_that_another_has_changed_are_shown_beside_what_was_typed()
    {
        var survey = await room.Draft();
        var desk = await room.Desk();
        Dictionary<string, string> facts = new()
        {
            ["Version"] = "77",
            ["Title"] = "另一个调查标题",
            ["Purpose"] = survey.Purpose,
            ["Unit"] = survey.Unit,
            ["Minutes"] = "3",
            ["Mode"] = "Anonymous",
            ["OpensOn"] = Day(0),
            ["ClosesOn"] = Day(20),
        };
        var stale = await desk.Post($"/console/surveys/{survey.Id}/facts", facts);
        Assert.Equal(409, (int)stale.Status);
        Assert.NotNull(stale.Document.QuerySelector($".govuk-inset-text a[href='/console/surveys/{survey.Id}/facts']"));
        Assert.Contains(survey.Title, stale.Document.QuerySelector(".c-crumbs")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("另一个调查标题", stale.Document.QuerySelector("#Title")!.GetAttribute("value"));

        (facts["Version"], facts["OpensOn"], facts["ClosesOn"]) = (await Version(survey.Id), Day(-40), Day(-1));
        var past = await desk.Post($"/console/surveys/{survey.Id}/facts", facts);
        Assert.Equal(422, (int)past.Status);
        Assert.Contains("截止日期已过", Assert.Single(past.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_forms_of_the_desk_say_what_they_ask_for_before_they_refuse()
    {
        var survey = await room.Draft();
        var desk = await room.Desk();
        var facts = await desk.Get($"/console/surveys/{survey.Id}/facts");
        Assert.Contains("至少7天", facts.Document.QuerySelector("#ClosesOn-hint")!.TextContent, StringComparison.Ordinal);
        // Nobody but the desk knows of a draft.
        var label = (await desk.Get($"/console/surveys/{survey.Id}")).Document.QuerySelector("label[for=CancelReason]")!;
        Assert.Contains("不向公众公开", label.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_end_and_a_cancellation_hold_when_the_public_is_told()
    {
        var survey = await room.Open();
        var later = survey.ClosesOn.AddDays(7);
        Assert.Equal(422, (int)(await room.Step(survey.Id, SurveyTrigger.Extend, ("ClosesOn", Iso(later)))).Status);
        Assert.Equal(302, (int)(await room.Step(survey.Id, SurveyTrigger.Extend, ("ClosesOn", Iso(later)), ("Reason", "农忙季节，延长一周。"))).Status);
        Assert.Equal(survey.ClosesOn, (await room.Find(survey.Id)).ClosesOn);
        await room.Announce(AnnouncementKind.SurveyNotice, survey.Id);
        Assert.Equal(later, (await room.Find(survey.Id)).ClosesOn);
        var browser = room.Visitor(SurveyRoom.SiteKey);
        Assert.Contains("农忙季节", (await browser.Get($"/surveys/{survey.Key}")).Text, StringComparison.Ordinal);

        Assert.Equal(302, (int)(await room.Step(survey.Id, SurveyTrigger.Cancel, ("Reason", "与另一项调查重复。"))).Status);
        Assert.Equal(200, (int)(await browser.Get(SurveyRoom.PathOf(survey))).Status);
        await room.Announce(AnnouncementKind.SurveyNotice, survey.Id);
        Assert.Contains("与另一项调查重复", (await browser.Get($"/surveys/{survey.Key}")).Text, StringComparison.Ordinal);
        Assert.Contains("已取消", (await browser.Get(SurveyRoom.PathOf(survey))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_result_needs_its_use_and_the_reviews_and_then_shows_figures_without_anybody()
    {
        var survey = await room.Open();
        for (var i = 0; i < 12; i++)
        {
            var browser = room.Visitor(SurveyRoom.SiteKey);
            var page = await SurveyRoom.Checked(browser, survey, score: i < 10 ? "5" : "1", say: i == 0 ? "请联系13912349876，搜索不好用" : "");
            Assert.True(SurveyRoom.IsDone(await SurveyRoom.Turn(browser, survey, page, "send")));
        }

        var desk = await room.Desk();
        var open = await desk.Get($"/console/surveys/{survey.Id}");
        Assert.Contains("12份", open.Text, StringComparison.Ordinal);
        Assert.Empty(open.Document.QuerySelectorAll(".p-chart"));
        Assert.Equal(409, (int)(await desk.Get($"/console/surveys/{survey.Id}/words")).Status);
        await room.Close();
        Assert.Equal(422, (int)(await room.Step(survey.Id, SurveyTrigger.SubmitResult, ("Usage", "好"))).Status);
        Assert.Equal(422, (int)(await room.Step(survey.Id, SurveyTrigger.SubmitResult, ("Usage", Usage), ("Crosses", "use:say"))).Status);

        desk = await room.Desk();
        var words = await desk.Get($"/console/surveys/{survey.Id}/words?question=say");
        var source = words.Document.QuerySelector("input[name=Source]")!.GetAttribute("value")!;
        Assert.DoesNotContain("13912349876", words.Document.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        var unmasked = await desk.Post(
            $"/console/surveys/{survey.Id}/words", new() { ["Question"] = "say", ["Source"] = source, ["Text"] = "请联系13912349876" }, "/console/account/password");
        Assert.Equal(422, (int)unmasked.Status);
        Assert.Equal(302, (int)(await desk.Post(
            $"/console/surveys/{survey.Id}/words", new() { ["Question"] = "say", ["Source"] = source, ["Text"] = "搜索不好用" }, "/console/account/password")).Status);

        var asked = await room.Step(survey.Id, SurveyTrigger.SubmitResult, ("Usage", Usage + "联系13912349876。"), ("Crosses", "use:score"));
        Assert.Equal(422, (int)asked.Status);
        Assert.Single(asked.Document.QuerySelectorAll("input[name=NumbersSeen]"));
        var sent = await room.Step(survey.Id, SurveyTrigger.SubmitResult, ("Usage", Usage), ("Crosses", "use:score"));
        Assert.True((int)sent.Status == 302, string.Join(' ', sent.Errors));
        var visitor = room.Visitor(SurveyRoom.SiteKey);
        Assert.Equal(404, (int)(await visitor.Get($"/surveys/{survey.Key}/result")).Status);
        await room.Announce(AnnouncementKind.SurveyResult, survey.Id);

        var result = await visitor.Get($"/surveys/{survey.Key}/result?rows=use&columns=score");
        Assert.Equal(200, (int)result.Status);
        Assert.Contains("n=12", result.Text, StringComparison.Ordinal);
        Assert.Contains(Usage, result.Text, StringComparison.Ordinal);
        Assert.Contains("搜索不好用", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("13912349876", result.Text, StringComparison.Ordinal);
        Assert.NotEmpty(result.Document.QuerySelectorAll("svg.p-chart__svg"));
        // Two people are too few to be shown.
        var cells = result.Document.QuerySelectorAll("table caption")[^1].ParentElement!.QuerySelectorAll("tbody tr")[1].QuerySelectorAll("td")
            .Select(cell => cell.TextContent).ToList();
        Assert.Equal("＊", cells[0]);
        Assert.Equal("10", cells[4]);
        var csv = await visitor.Get($"/surveys/{survey.Key}/result.csv");
        Assert.Contains("\"项5\",\"10\",\"83.3%\"", csv.Text, StringComparison.Ordinal);
        Assert.Contains("已公布结果", (await visitor.Get("/surveys")).Text, StringComparison.Ordinal);
        var workbook = await desk.Post($"/console/surveys/{survey.Id}/export", new() { ["a"] = "b" }, "/console/account/password");
        Assert.Equal(200, (int)workbook.Status);

        await room.WithdrawAnnouncement(AnnouncementKind.SurveyResult, survey.Id);
        Assert.Equal(404, (int)(await visitor.Get($"/surveys/{survey.Key}/result")).Status);
        Assert.Equal(SurveyState.Published, (await room.Find(survey.Id)).State);
    }

    [Fact]
    public async Task A_result_is_late_a_month_after_the_end_and_waits_on_the_first_page()
    {
        var survey = await room.Open();
        await room.Close();
        var desk = await room.Desk();
        Assert.Contains(survey.Title, (await desk.Get("/console")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("已逾期", (await desk.Get($"/console/surveys/{survey.Id}")).Text, StringComparison.Ordinal);
        room.Clock.Advance(TimeSpan.FromDays(40));
        Assert.Contains("已逾期", (await (await room.Desk()).Get($"/console/surveys/{survey.Id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_neither_see_nor_touch_it()
    {
        var draft = await room.Draft();
        var author = await room.SignInAs(await room.Data.Staff(Role.Author, SurveyRoom.SiteKey), again: true);
        Assert.Equal(403, (int)(await author.Get($"/console/surveys/{draft.Id}")).Status);
        var foreign = await room.SignInAs(await room.Data.Staff(Role.InteractionEditor, "jyt"), again: true);
        Assert.Equal(404, (int)(await foreign.Get($"/console/surveys/{draft.Id}/questions")).Status);
        Assert.DoesNotContain(draft.Id.ToString(), (await foreign.Get("/console/surveys?set=All")).Text, StringComparison.Ordinal);
    }

    private const string Usage = "意见已转有关单位。搜索结果将从下月起按发布时间和匹配程度排序。";

    private async Task Build(Browser desk, Guid id, params (string Name, string Value)[] fields)
    {
        var form = fields.ToDictionary(field => field.Name, field => field.Value);
        form["Version"] = await Version(id);
        var built = await desk.Post($"/console/surveys/{id}/questions", form, "/console/account/password");
        Assert.True((int)built.Status == 302, $"{(int)built.Status} {string.Join(' ', built.Errors)}");
    }

    private async Task<string> Version(Guid id) => (await room.Find(id)).Version.ToString(CultureInfo.InvariantCulture);

    private string Day(int from) => Iso(room.Today.AddDays(from));

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Every stage against every trigger, as the table says.</summary>
public sealed class SurveyFlowTests(SurveyRoom room) : IClassFixture<SurveyRoom>
{
    [Fact]
    public async Task Staff_take_the_steps_of_the_table_and_no_others()
    {
        SurveyTrigger[] forms = [SurveyTrigger.Submit, SurveyTrigger.Reopen, SurveyTrigger.Extend, SurveyTrigger.Cancel, SurveyTrigger.SubmitResult];
        List<string> wrong = [];
        foreach (var stage in Enum.GetValues<SurveyStage>())
        {
            foreach (var trigger in Enum.GetValues<SurveyTrigger>())
            {
                var survey = await At(stage);
                var answer = await room.Step(survey.Id, trigger, ("Reason", "原因说明。"), ("ClosesOn", "2026-12-30"), ("Usage", new string('用', 30)));
                var (status, expected) = ((int)answer.Status,
                    !forms.Contains(trigger) ? 404
                    : SurveyFlow.Find(stage, trigger) is null ? 409
                    : 302);
                if (status != expected)
                {
                    wrong.Add($"{stage} {trigger}: {status}, not {expected}: {string.Join(' ', answer.Errors)}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private async Task<Survey> At(SurveyStage stage)
    {
        await room.InteractionChannel(SurveyRoom.SiteKey);
        var draft = await room.Draft();
        return await room.Read(async db =>
        {
            var survey = await db.Surveys.SingleAsync(row => row.Id == draft.Id);
            survey.State = stage switch
            {
                SurveyStage.Draft => SurveyState.Draft,
                SurveyStage.UnderReview => SurveyState.UnderReview,
                SurveyStage.ResultUnderReview => SurveyState.ResultUnderReview,
                SurveyStage.Reported => SurveyState.Reported,
                SurveyStage.Cancelled => SurveyState.Cancelled,
                _ => SurveyState.Published,
            };
            survey.CancelReason = stage == SurveyStage.Cancelled ? "原因" : null;
            survey.Hash = SurveyJson.Hash(survey.Definition);
            (survey.OpensOn, survey.ClosesOn) = stage switch
            {
                SurveyStage.Upcoming => (room.Today.AddDays(1), room.Today.AddDays(9)),
                SurveyStage.Closed or SurveyStage.ResultUnderReview or SurveyStage.Reported => (room.Today.AddDays(-9), room.Today.AddDays(-1)),
                _ => (room.Today, room.Today.AddDays(9)),
            };
            db.SurveyVersions.Add(new SurveyVersion
            {
                Id = Guid.CreateVersion7(room.Clock.GetUtcNow()),
                SiteId = survey.SiteId,
                SurveyId = survey.Id,
                Hash = survey.Hash,
                Content = survey.Definition,
                At = room.Clock.GetUtcNow(),
            });
            if (stage is SurveyStage.Reported or SurveyStage.ResultUnderReview)
            {
                survey.Usage = "已经采纳。";
                survey.ReportedOn = room.Today;
                survey.Figures = SurveyJson.Canonical(new SurveyFigures
                {
                    Answers = 0,
                    From = survey.OpensOn,
                    Until = survey.ClosesOn,
                    Mode = survey.Mode,
                    Hash = survey.Hash,
                    Questions = [],
                });
            }

            await db.SaveChangesAsync();
            return survey;
        });
    }
}

/// <summary>Lists cost the same however long they are.</summary>
public sealed class SurveyListTests(SurveyRoom room) : IClassFixture<SurveyRoom>
{
    [Fact]
    public async Task Lists_are_turned_by_pages_and_send_few_statements()
    {
        for (var i = 0; i < 45; i++)
        {
            var draft = await room.Draft();
            await room.Read(async db =>
            {
                var survey = await db.Surveys.SingleAsync(row => row.Id == draft.Id);
                survey.State = SurveyState.Published;
                survey.Hash = new string('a', 64);
                return await db.SaveChangesAsync();
            });
        }

        var desk = await room.Desk();
        await desk.Get("/console/surveys?set=All");
        var shown = await Walk(desk, "/console/surveys?set=All", "tbody th a", 10);
        Assert.Equal(45, shown);
        var visitor = room.Visitor(SurveyRoom.SiteKey);
        await visitor.Get("/surveys");
        await room.Refresh();
        Assert.Equal(45, await Walk(visitor, "/surveys", ".p-survey-item a", 4));
    }

    private static async Task<int> Walk(Browser browser, string path, string selector, int statements)
    {
        HashSet<string> seen = [];
        while (true)
        {
            using var count = PortalHost.CountQueries();
            var page = await browser.Get(path);
            Assert.True(count.Count <= statements, $"{path}: {count.Count} statements");
            Assert.All(page.Document.QuerySelectorAll(selector), link => Assert.True(seen.Add(link.GetAttribute("href")!)));
            if (page.Document.QuerySelector("a[rel=next]")?.GetAttribute("href") is not { } next)
            {
                Assert.NotNull(page.Document.QuerySelector("a[rel=prev]"));
                return seen.Count;
            }

            path = next;
        }
    }
}
