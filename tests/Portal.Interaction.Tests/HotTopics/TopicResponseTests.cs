using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Announcements;
using Portal.Interaction.HotTopics;
using Portal.Interaction.Tests.Announcements;
using Portal.Publishing.Documents;

namespace Portal.Interaction.Tests.HotTopics;

/// <summary>A public document is the only response: it stops the clock, and its withdrawal starts it again .</summary>
public sealed class TopicResponseTests(TopicRoom room) : IClassFixture<TopicRoom>
{
    [Fact]
    public async Task A_response_goes_through_the_reviews_and_its_release_stops_the_clock()
    {
        var id = await room.Driven(TopicState.Handling);
        var topic = await room.Find(id);
        Assert.Equal(302, (int)(await room.Write(await room.Unit(), id, ResponsePart.Statement)).Status);
        Assert.Equal(TopicState.Handling, (await room.Find(id)).State);
        Assert.Equal(404, (int)(await room.Visitor(TopicRoom.SiteKey).Get("/responses/" + topic.Number)).Status);

        // What is with the reviews is not submitted again.
        Assert.Equal(409, (int)(await room.Write(await room.Unit(), id, ResponsePart.Statement, ("Title", "改过的标题"))).Status);
        room.Clock.Advance(TimeSpan.FromHours(3));
        await room.Release(id, ResponsePart.Statement);
        topic = await room.Find(id);
        Assert.Equal(TopicState.Responded, topic.State);
        Assert.InRange(topic.StatementAt!.Value, topic.NoticedAt.AddHours(3), topic.NoticedAt.AddHours(4));
        var page = await room.Visitor(TopicRoom.SiteKey).Get("/responses/" + topic.Number);
        Assert.Equal(200, (int)page.Status);
        Assert.Contains("网民反映自来水发黄", page.Text, StringComparison.Ordinal);
        Assert.Contains("全部合格", page.Text, StringComparison.Ordinal);
        // The register's own words stay inside.
        Assert.DoesNotContain(topic.Title, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("多个小区反映", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_writes_a_number_of_a_person_is_asked_before_the_reviews_are()
    {
        var id = await room.Driven(TopicState.Handling);
        (string, string) number = ("Question", "网传自称水厂职工的人留下电话１３９ 1234-5678，说停水一周。");
        var asked = await room.Write(await room.Unit(), id, ResponsePart.Statement, number);
        Assert.Equal(422, (int)asked.Status);
        Assert.Contains(asked.Errors, error => error.Contains("１３９ 1234-5678", StringComparison.Ordinal));
        Assert.NotNull(asked.Document.QuerySelector(".govuk-error-summary a[href='#NumbersSeen']"));
        Assert.NotNull(asked.Document.QuerySelector("input#NumbersSeen:not([checked])"));
        Assert.Equal(TopicTrigger.TakeOn, (await room.Steps(id))[^1].Trigger);
        // A draft asks nothing; neither does the number of an office.
        Assert.Equal(302, (int)(await room.Write(await room.Unit(), id, ResponsePart.Statement, number, ("Act", "Keep"))).Status);
        Assert.Equal(302, (int)(await room.Write(await room.Unit(), id, ResponsePart.Statement, number, ("NumbersSeen", "true"))).Status);
        Assert.Equal(TopicTrigger.Submit, (await room.Steps(id))[^1].Trigger);
        var other = await room.Driven(TopicState.Handling);
        Assert.Equal(302, (int)(await room.Write(
            await room.Unit(), other, ResponsePart.Statement, ("Evidence", "供水服务电话 0871-12345678、12345。"))).Status);
    }

    [Fact]
    public async Task An_emergency_owes_a_statement_and_a_briefing_each_with_its_own_clock_also_over_a_holiday()
    {
        var id = await room.Driven(TopicState.Handling, TopicSeverity.Major);
        var topic = await room.Find(id);
        Assert.Equal((topic.NoticedAt.AddHours(5), (DateTimeOffset?)topic.NoticedAt.AddHours(24)), (topic.StatementDueAt, topic.BriefingDueAt));
        Assert.Equal(302, (int)(await room.Write(await room.Unit(), id, ResponsePart.Statement)).Status);
        room.Clock.Advance(TimeSpan.FromHours(4));
        await room.Release(id, ResponsePart.Statement);
        Assert.Equal(TopicState.Handling, (await room.Find(id)).State);
        Assert.Equal(200, (int)(await room.Visitor(TopicRoom.SiteKey).Get("/responses/" + topic.Number)).Status);

        // Twenty-five hours on, whatever days they are, the briefing is late and the statement is not.
        room.Clock.Advance(TimeSpan.FromHours(21));
        var page = await (await room.As(await room.Unit())).Get($"/console/hot-topics/{id}");
        Assert.Contains("已公开，按时", page.Text, StringComparison.Ordinal);
        Assert.Contains("已超时 1 小时", page.Text, StringComparison.Ordinal);
        var (_, path) = await room.Publish("新闻发布会实录");
        await room.Respond(id, path, ("Part", "Briefing"));
        topic = await room.Find(id);
        Assert.Equal(TopicState.Responded, topic.State);
        Assert.True(topic.StatementAt < topic.StatementDueAt && topic.BriefingAt > topic.BriefingDueAt);
    }

    [Fact]
    public async Task A_graver_assessment_reads_the_clocks_anew_from_when_it_was_noticed()
    {
        var id = await room.Driven(TopicState.Responded);
        Assert.Null((await room.Find(id)).BriefingDueAt);
        var handled = await room.Driven(TopicState.Handling);
        Assert.Equal(302, (int)(await room.Step(await room.Desk(), handled, TopicTrigger.Assess, ("Severity", "Gravest"))).Status);
        var topic = await room.Find(handled);
        Assert.Equal(TopicState.Handling, topic.State);
        Assert.Equal((topic.NoticedAt.AddHours(5), (DateTimeOffset?)topic.NoticedAt.AddHours(24)), (topic.StatementDueAt, topic.BriefingDueAt));
    }

    [Fact]
    public async Task A_rebuttal_needs_its_evidence_and_shows_what_was_said_and_what_is_true()
    {
        var id = await room.Driven(TopicState.Handling);
        var unit = await room.Unit();
        (string, string)[] rebuttal = [("Kind", "Rebuttal"), ("Title", "关于“自来水停供三天”不实传言的说明")];
        var refused = await room.Write(unit, id, ResponsePart.Statement, [.. rebuttal, ("Evidence", ""), ("Policies", "https://example.net/1")]);
        Assert.Equal(422, (int)refused.Status);
        Assert.NotNull(refused.Document.QuerySelector(".govuk-error-summary a[href='#Evidence']"));
        Assert.NotNull(refused.Document.QuerySelector(".govuk-error-summary a[href='#Policies']"));
        Assert.Contains("关于“自来水停供三天”不实传言的说明", refused.Text, StringComparison.Ordinal);

        var (_, path) = await room.Publish("云浦市城市供水管理办法");
        Assert.Equal(302, (int)(await room.Write(
            unit, id, ResponsePart.Statement, [.. rebuttal, ("Policies", $"http://{room.Site(TopicRoom.SiteKey).PrimaryDomain}/{path}")])).Status);
        await room.Release(id, ResponsePart.Statement, AnnouncementKind.Rebuttal);
        // A correction stays a rebuttal.
        Assert.Equal(422, (int)(await room.Write(unit, id, ResponsePart.Statement, ("Kind", "Response"))).Status);
        var topic = await room.Find(id);
        var page = await room.Visitor(TopicRoom.SiteKey).Get("/responses/" + topic.Number);
        Assert.Contains("网传内容", page.Text, StringComparison.Ordinal);
        Assert.Contains("市疾病预防控制中心水质检测报告", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"a[href$='{path}']"));
        var list = await room.Visitor(TopicRoom.SiteKey).Get("/responses?kind=Rebuttal");
        Assert.Contains(topic.Number, list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(topic.Number, (await room.Visitor(TopicRoom.SiteKey).Get("/responses?kind=Response")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_document_answers_nothing_and_the_topic_is_open_again_until_it_is_back()
    {
        var id = await room.Driven(TopicState.Handling);
        var (document, path) = await room.Publish("供水情况通报");
        await room.Respond(id, path);
        Assert.Equal(302, (int)(await room.Step(await room.Desk(), id, TopicTrigger.Evaluate)).Status);
        Assert.Equal(302, (int)(await room.Step(await room.Desk(), id, TopicTrigger.Close)).Status);
        var visitor = room.Visitor(TopicRoom.SiteKey);
        var number = (await room.Find(id)).Number;
        Assert.Contains("供水情况通报", (await visitor.Get("/responses/" + number)).Text, StringComparison.Ordinal);

        await room.Change(document, UnpublishingKind.Withdrawn);
        var topic = await room.Find(id);
        Assert.Equal((TopicState.Handling, null, null), (topic.State, topic.StatementAt, topic.ClosedAt));
        Assert.Equal(TopicTrigger.Reopen, (await room.Steps(id))[^1].Trigger);
        var gone = await visitor.Get("/responses/" + number);
        Assert.Equal(410, (int)gone.Status);
        Assert.DoesNotContain("供水情况通报", gone.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(number, (await visitor.Get("/responses")).Text, StringComparison.Ordinal);
        var console = await (await room.As(await room.Desk())).Get("/console");
        Assert.Contains("舆情回应：回应被撤下", console.Text, StringComparison.Ordinal);

        await room.Change(document, null);
        Assert.Equal(TopicState.Responded, (await room.Find(id)).State);
        Assert.Equal(200, (int)(await visitor.Get("/responses/" + number)).Status);
    }

    [Fact]
    public async Task A_withdrawn_response_of_our_own_opens_the_topic_too()
    {
        var id = await room.Driven(TopicState.Handling);
        await room.Write(await room.Unit(), id, ResponsePart.Statement);
        await room.Release(id, ResponsePart.Statement);
        await room.WithdrawAnnouncement(AnnouncementKind.HotTopicResponse, await room.Written(id, ResponsePart.Statement));
        Assert.Equal(TopicState.Handling, (await room.Find(id)).State);
        Assert.Equal(410, (int)(await room.Visitor(TopicRoom.SiteKey).Get("/responses/" + (await room.Find(id)).Number)).Status);
    }

    [Fact]
    public async Task What_was_public_before_anybody_noticed_answers_from_when_it_is_named()
    {
        var (_, path) = await room.Publish("早已公开的办法");
        room.Clock.Advance(TimeSpan.FromDays(3));
        var id = await room.Driven(TopicState.Handling);
        room.Clock.Advance(TimeSpan.FromHours(2));
        await room.Respond(id, path);
        var topic = await room.Find(id);
        Assert.InRange(topic.StatementAt!.Value, topic.NoticedAt.AddHours(2), topic.NoticedAt.AddHours(3));
        var page = await room.Visitor(TopicRoom.SiteKey).Get("/responses/" + topic.Number);
        Assert.Contains("起作为回应", page.Text, StringComparison.Ordinal);
        Assert.Contains("以关注之前就已公开的文件回应的，是确定以该文件回应的时间", page.Text, StringComparison.Ordinal);
        // Both instants are there: when the document was public, and since when it answers.
        var times = page.Document.QuerySelectorAll(".p-article__body li time").Select(time => time.TextContent).ToList();
        Assert.Equal(2, times.Count);
        Assert.NotEqual(times[0], times[1]);
    }

    [Fact]
    public async Task Only_what_the_public_has_on_a_site_of_the_province_can_be_linked()
    {
        var id = await room.Driven(TopicState.Handling);
        var (document, path) = await room.Publish("先公开又撤下的通报");
        await room.Change(document, UnpublishingKind.Withdrawn);
        foreach (var address in new[] { "https://example.net/1", "", "/no/such/page", "/" + path, "javascript:alert(1)" })
        {
            var answer = await room.Link(await room.Unit(), id, path, ("Address", address));
            Assert.Equal(422, (int)answer.Status);
            Assert.NotNull(answer.Document.QuerySelector(".govuk-error-summary a[href='#Address']"));
        }
    }

    [Fact]
    public async Task A_document_that_was_linked_by_mistake_is_taken_back_with_its_reason()
    {
        var id = await room.Driven(TopicState.Responded);
        Assert.Equal(422, (int)(await room.Unlink(await room.Unit(), id, "")).Status);
        Assert.Equal(302, (int)(await room.Unlink(await room.Unit(), id, "关联错了文件。")).Status);
        Assert.Equal(TopicState.Handling, (await room.Find(id)).State);
    }

    [Fact]
    public async Task A_document_is_first_shown_as_the_public_would_have_it_and_answers_when_a_second_person_confirms()
    {
        var id = await room.Driven(TopicState.Handling);
        var number = (await room.Find(id)).Number;
        var (_, path) = await room.Publish("供水保障情况通报");
        var unit = await room.Unit();
        (string, string)[] rebuttal = [("Kind", "Rebuttal")];
        var preview = await room.Link(unit, id, path, [.. rebuttal, ("Sure", ""), ("Rumour", "")]);
        Assert.Equal(200, (int)preview.Status);
        Assert.Contains("供水保障情况通报", preview.Text, StringComparison.Ordinal);
        Assert.NotNull(preview.Document.QuerySelector("textarea[name=Rumour]"));
        Assert.False(await room.Read(db => db.TopicResponses.AnyAsync(row => row.TopicId == id)));

        var refused = await room.Link(unit, id, path, [.. rebuttal, ("Rumour", "")]);
        Assert.Equal(422, (int)refused.Status);
        Assert.NotNull(refused.Document.QuerySelector(".govuk-error-summary a[href='#Rumour']"));
        Assert.NotNull(refused.Document.QuerySelector("input[name=Sure]"));

        // Named by one, it is nothing to the public, to the clock or to the figure; who named it cannot confirm it.
        Assert.Equal(302, (int)(await room.Link(unit, id, path, rebuttal)).Status);
        Assert.Equal(409, (int)(await room.Confirm(unit, id)).Status);
        var topic = await room.Find(id);
        Assert.Equal((TopicState.Handling, null, null), (topic.State, topic.StatementAt, topic.PublicAt));
        var visitor = room.Visitor(TopicRoom.SiteKey);
        Assert.Equal(404, (int)(await visitor.Get("/responses/" + number)).Status);
        Assert.DoesNotContain(number, (await visitor.Get("/responses")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(number, (await visitor.Get("/responses/feed.xml")).Text, StringComparison.Ordinal);
        Assert.Contains("须由责任单位或者上级的另一名", (await (await room.As(unit)).Get($"/console/hot-topics/{id}")).Text, StringComparison.Ordinal);

        var desk = await room.Desk();
        Assert.Contains(number, (await (await room.As(desk)).Get("/console/hot-topics?set=ToConfirm")).Text, StringComparison.Ordinal);
        Assert.Contains("确认关联并公开", (await (await room.As(desk)).Get($"/console/hot-topics/{id}?act=Confirm")).Text, StringComparison.Ordinal);
        Assert.Equal(302, (int)(await room.Confirm(desk, id)).Status);
        Assert.Equal(TopicState.Responded, (await room.Find(id)).State);
        Assert.Contains("网传城区自来水停供三天。", (await visitor.Get("/responses/" + number)).Text, StringComparison.Ordinal);
        Assert.Equal(422, (int)(await room.Confirm(desk, id)).Status);
    }

    [Fact]
    public async Task A_document_that_was_withdrawn_before_it_was_confirmed_answers_nothing()
    {
        var id = await room.Driven(TopicState.Handling);
        var (document, path) = await room.Publish("很快撤下的通报");
        Assert.Equal(302, (int)(await room.Link(await room.Unit(), id, path)).Status);
        await room.Change(document, UnpublishingKind.Withdrawn);
        Assert.Equal(422, (int)(await room.Confirm(await room.Desk(), id)).Status);
        // Back in public it is still not confirmed.
        await room.Change(document, null);
        Assert.Equal(TopicState.Handling, (await room.Find(id)).State);
        Assert.Equal(302, (int)(await room.Confirm(await room.Desk(), id)).Status);
        Assert.Equal(TopicState.Responded, (await room.Find(id)).State);
    }

    [Fact]
    public async Task A_closed_topic_is_taken_up_again_and_its_wrong_answer_taken_back()
    {
        var (desk, visitor) = (await room.Desk(), room.Visitor(TopicRoom.SiteKey));
        var id = await room.Driven(TopicState.Closed);
        var number = (await room.Find(id)).Number;
        Assert.Contains("act=Resume", (await (await room.As(desk)).Get($"/console/hot-topics/{id}")).Document.Body!.InnerHtml, StringComparison.Ordinal);
        Assert.Equal(302, (int)(await room.Step(desk, id, TopicTrigger.Resume, ("Note", "群众反映回应的不是这件事。"))).Status);
        var topic = await room.Find(id);
        Assert.Equal((TopicState.Responded, null), (topic.State, topic.ClosedAt));

        var closed = await room.Driven(TopicState.Closed);
        Assert.Equal(302, (int)(await room.Unlink(desk, closed, "关联的文件与热点无关。")).Status);
        topic = await room.Find(closed);
        Assert.Equal((TopicState.Handling, null, null), (topic.State, topic.ClosedAt, topic.PublicAt));
        var gone = await visitor.Get("/responses/" + topic.Number);
        Assert.Equal(410, (int)gone.Status);
        Assert.Contains("已经撤下", gone.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(topic.Number, (await visitor.Get("/responses")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(topic.Number, (await visitor.Get("/responses/feed.xml")).Text, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await visitor.Get("/responses/" + number)).Status);
    }

    [Fact]
    public async Task What_owed_no_response_goes_back_to_its_assessment_when_it_is_taken_up_again()
    {
        var (desk, id) = (await room.Desk(), await room.Open());
        Assert.Equal(302, (int)(await room.Step(desk, id, TopicTrigger.Assess, ("Need", "None"))).Status);
        Assert.Equal(302, (int)(await room.Step(desk, id, TopicTrigger.Close)).Status);
        Assert.Equal(302, (int)(await room.Step(desk, id, TopicTrigger.Resume)).Status);
        Assert.Equal(TopicState.Assessed, (await room.Find(id)).State);
    }

    [Fact]
    public async Task Who_saves_twice_is_told_that_it_was_themselves_and_may_save_again()
    {
        var (unit, id) = (await room.Unit(), await room.Driven(TopicState.Handling));
        Assert.Equal(302, (int)(await room.Write(unit, id, ResponsePart.Statement, ("Act", "Keep"))).Status);
        var again = await room.Write(
            unit, id, ResponsePart.Statement, ("Act", "Keep"), ("Version", "0"), ("Title", "返回之后又改过的标题"));
        Assert.Equal(409, (int)again.Status);
        Assert.Contains("您刚才已经保存过", again.Text, StringComparison.Ordinal);
        Assert.Contains("返回之后又改过的标题", again.Document.Body!.InnerHtml, StringComparison.Ordinal);
        var version = again.Document.QuerySelector("input[name=Version]")!.GetAttribute("value")!;
        Assert.Equal(302, (int)(await room.Write(
            unit, id, ResponsePart.Statement, ("Act", "Keep"), ("Version", version), ("Title", "返回之后又改过的标题"))).Status);

        // Of somebody else's change one is told as before.
        var other = await room.Write(await room.Desk(), id, ResponsePart.Statement, ("Act", "Keep"), ("Version", "1"));
        Assert.Equal(409, (int)other.Status);
        Assert.Contains("别人刚刚办理过", other.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_searched_and_narrowed_counted_and_fed()
    {
        var mark = "水厂" + Guid.CreateVersion7().ToString("N")[^6..];
        var id = await room.Driven(TopicState.Handling);
        await room.Write(await room.Unit(), id, ResponsePart.Statement, ("Title", mark + "情况的回应"));
        await room.Release(id, ResponsePart.Statement);
        var number = (await room.Find(id)).Number;
        var visitor = room.Visitor(TopicRoom.SiteKey);
        foreach (var query in new[] { "?q=" + mark, $"?q={mark}&unit={TopicRoom.UnitKey}", $"?q={mark}&month=2026-{room.Clock.GetUtcNow().AddHours(8).Month:00}" })
        {
            Assert.Contains(number, (await visitor.Get("/responses" + query)).Text, StringComparison.Ordinal);
        }

        foreach (var query in new[] { $"?q={mark}%25", $"?q={mark}&month=2020-01", "?month=x&kind=Nothing&cursor=zz&q=" + mark + "没有" })
        {
            Assert.DoesNotContain(number, (await visitor.Get("/responses" + query)).Text, StringComparison.Ordinal);
        }

        Assert.Equal(404, (int)(await visitor.Get("/responses?unit=nowhere")).Status);
        Assert.Equal(404, (int)(await visitor.Get("/responses/RD2026-00001-0")).Status);
        // Another site has its own.
        Assert.Equal(404, (int)(await room.Visitor("jyt").Get("/responses/" + number)).Status);
        var feed = await visitor.Get("/responses/feed.xml");
        Assert.Contains("<feed", feed.Text, StringComparison.Ordinal);
        Assert.Contains(mark, feed.Text, StringComparison.Ordinal);
        var count = await room.Read(db => db.HotTopics.CountAsync(row => row.PublicAt != null));
        Assert.Contains($"{count} 次", (await visitor.Get("/responses")).Text, StringComparison.Ordinal);
    }
}
