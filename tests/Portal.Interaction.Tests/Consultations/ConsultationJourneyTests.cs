using System.Globalization;
using Portal.Interaction.Announcements;
using Portal.Interaction.Consultations;
using Portal.Interaction.Tests.Announcements;

namespace Portal.Interaction.Tests.Consultations;

/// <summary>From a draft to a public result and back to who gave an opinion.</summary>
public sealed class ConsultationJourneyTests(ConsultationRoom room) : IClassFixture<ConsultationRoom>
{
    [Fact]
    public async Task A_consultation_goes_from_draft_to_result_and_every_opinion_learns_what_became_of_it()
    {
        var (id, path) = await room.Opened();
        var visitor = room.Visitor(ConsultationRoom.SiteKey);
        var list = await visitor.Get("/consultations");
        Assert.Contains("还有30天结束", list.Text, StringComparison.Ordinal);
        var page = await visitor.Get(path);
        Assert.Equal(200, (int)page.Status);
        Assert.NotNull(page.Document.QuerySelector($"a[href='{path}/opinions/new?clause=c2']"));
        Assert.Contains("第一章　总则", page.Document.QuerySelector(".p-clauses__chapter")!.TextContent, StringComparison.Ordinal);

        var first = ConsultationRoom.Receipt(await room.Submit(visitor, path, ("Clause", "c5"), ("Text", "居住区的分类投放时间建议延长到晚上九点半。")));
        var second = ConsultationRoom.Receipt(await room.Submit(visitor, path, ("Clause", "c5"), ("Text", "建议分类投放时间延长到晚上九点半，方便居住区。")));
        var third = ConsultationRoom.Receipt(await room.Submit(visitor, path, ("Clause", ""), ("Stance", "Agree"), ("Text", "赞成制定本办法。")));
        var (a, b, c) = (await room.Opinion(first.Number), await room.Opinion(second.Number), await room.Opinion(third.Number));
        Assert.Equal(("c5", "第三条"), (a.ClauseId, a.ClauseLabel));
        await room.Acted(a.Id, "Display");
        await room.Acted(b.Id, "Display");
        await room.Acted(c.Id, "Keep", ("Reason", "内容较为笼统，收录备查。"));
        var shown = await visitor.Get($"{path}/opinions?clause=c5");
        Assert.Contains("方便居住区", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("赞成制定本办法", (await visitor.Get($"{path}/opinions")).Text, StringComparison.Ordinal);

        room.GoTo((await room.Find(id)).ClosesOn!.Value.AddDays(1));
        await room.Taken(id, ConsultationTrigger.BeginHandling);
        Assert.Equal(409, (int)(await room.Step(await room.Editor(), id, ConsultationTrigger.SubmitReport)).Status);

        var editor = await room.As(await room.Editor());
        var board = await editor.Get($"/console/consultations/{id}/clusters");
        Assert.Equal(2, board.Document.QuerySelectorAll("section[aria-labelledby=proposal-0] input[name=Ids]").Length);
        var grouped = await editor.PostRaw($"/console/consultations/{id}/opinions",
        [
            new("_token", board.Token!), new("Act", "Cluster"), new("Ids", a.Id.ToString()), new("Ids", b.Id.ToString()),
            new("ClusterName", "延长投放时间"),
        ]);
        Assert.Equal(302, (int)grouped.Status);
        board = await editor.Get($"/console/consultations/{id}/clusters");
        var cluster = board.Document.QuerySelector("input[name=ClusterId]")!.GetAttribute("value")!;
        var disposed = await editor.PostRaw($"/console/consultations/{id}/clusters", new Dictionary<string, string>
        {
            ["_token"] = board.Token!,
            ["ClusterId"] = cluster,
            ["Version"] = "0",
            ["Name-" + cluster.Replace("-", "", StringComparison.Ordinal)] = "延长投放时间",
            ["Disposition-" + cluster.Replace("-", "", StringComparison.Ordinal)] = "Adopted",
            ["Reason-" + cluster.Replace("-", "", StringComparison.Ordinal)] = "已在第三条增加晚间投放时段。",
        });
        Assert.Equal(302, (int)disposed.Status);
        await room.Acted(c.Id, "Dispose", ("Disposition", "NotAdopted"), ("Reason", "没有提出具体修改意见。"));
        var asked = await room.Step(
            await room.Editor(), id, ConsultationTrigger.SubmitReport, ("Words", "社会各界踊跃参与，意见主要集中在投放时间。联系人李某，13912349876。"));
        Assert.Equal(422, (int)asked.Status);
        Assert.NotNull(asked.Document.QuerySelector("input#NumbersSeen"));
        Assert.Equal(ConsultationState.Handling, (await room.Find(id)).State);
        await room.Taken(id, ConsultationTrigger.SubmitReport);
        Assert.Equal(404, (int)(await visitor.Get(path + "/result")).Status);
        Assert.DoesNotContain("已在第三条增加", (await Follow(first)).Text, StringComparison.Ordinal);

        await room.Announce(AnnouncementKind.ConsultationResult, id);
        var result = await visitor.Get(path + "/result");
        Assert.Equal(200, (int)result.Status);
        Assert.Contains("共收到意见3条，其中有效意见3条：采纳2条，部分采纳0条，未采纳1条", result.Text, StringComparison.Ordinal);
        Assert.Contains("一条未公开展示的意见", result.Text, StringComparison.Ordinal);
        Assert.Contains("\"第三条\",\"0\",\"2\",\"0\",\"2\"", (await visitor.Get(path + "/result.csv")).Text, StringComparison.Ordinal);
        var followed = await Follow(first);
        Assert.Contains("已在第三条增加晚间投放时段", followed.Text, StringComparison.Ordinal);
        Assert.StartsWith("no-store", followed.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Contains("没有提出具体修改意见", (await Follow(third)).Text, StringComparison.Ordinal);
        Assert.Contains("已公布结果", (await visitor.Get("/consultations?set=done")).Text, StringComparison.Ordinal);
        var notice = (await room.Find(id)).NoticePath;
        Assert.Equal(200, (int)(await visitor.Get("/" + notice)).Status);

        Task<Portal.Testing.Answer> Follow((string Number, string Code) receipt) => visitor.Post(
            "/consultations/follow", new() { ["Number"] = receipt.Number, ["Code"] = receipt.Code });
    }

    [Fact]
    public async Task A_result_that_is_owed_is_told_and_late_without_being_stored()
    {
        var (id, path) = await room.Opened();
        var row = await room.Find(id);
        room.GoTo(row.ClosesOn!.Value.AddDays(1));
        var visitor = room.Visitor(ConsultationRoom.SiteKey);
        Assert.Equal(row.ClosesOn.Value.AddDays(30), row.ReportDueOn);
        Assert.Contains($"结果应于{row.ReportDueOn:yyyy年M月d日}前（含当日）公布", (await visitor.Get(path)).Text, StringComparison.Ordinal);
        room.GoTo(row.ReportDueOn!.Value.AddDays(1));
        await room.Refresh();
        Assert.Contains("尚未公布", (await visitor.Get(path)).Text, StringComparison.Ordinal);
        var today = await (await room.As(await room.Editor())).Get("/console");
        Assert.Contains("已逾期", today.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_extension_is_public_with_its_reason_and_moves_the_result()
    {
        var (id, path) = await room.Opened();
        var before = await room.Find(id);
        var to = before.ClosesOn!.Value.AddDays(10);
        await room.Taken(id, ConsultationTrigger.Extend, ("To", ConsultationRoom.Day(to)), ("ExtendReason", "各方反映需要更多时间研究。"));
        var visitor = room.Visitor(ConsultationRoom.SiteKey);
        Assert.DoesNotContain("需要更多时间", (await visitor.Get(path)).Text, StringComparison.Ordinal);
        await room.Announce(AnnouncementKind.ConsultationNotice, id);
        var page = await visitor.Get(path);
        Assert.Contains("各方反映需要更多时间研究", page.Text, StringComparison.Ordinal);
        var after = await room.Find(id);
        Assert.Equal((to, before.ClosesOn, to.AddDays(30)), (after.ClosesOn, after.FirstClosesOn, after.ReportDueOn));
    }

    // a reason is owed for a short period, as long as it is one.
    [Fact]
    public async Task An_extension_that_makes_the_period_long_enough_takes_the_reason_of_the_short_one_away()
    {
        const string reason = "汛期将至，须在汛期前施行。";
        var id = await room.Drafted(("To", ConsultationRoom.Day(room.Today.AddDays(6))), ("ShortReason", reason));
        await room.Open(id);
        var visitor = room.Visitor(ConsultationRoom.SiteKey);
        var path = "/consultations/" + (await room.Find(id)).Key;
        Assert.Contains(reason, (await visitor.Get(path)).Text, StringComparison.Ordinal);
        Assert.Contains(reason, (await visitor.Get("/" + (await room.Find(id)).NoticePath)).Text, StringComparison.Ordinal);
        await room.Taken(id, ConsultationTrigger.Extend, ("To", ConsultationRoom.Day(room.Today.AddDays(36))));
        await room.Announce(AnnouncementKind.ConsultationNotice, id);
        var page = await visitor.Get(path);
        Assert.Contains("因反映集中", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(reason, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(reason, (await visitor.Get("/" + (await room.Find(id)).NoticePath)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancellation_leaves_only_its_reason()
    {
        var (id, path) = await room.Opened();
        await room.Taken(id, ConsultationTrigger.Cancel, ("CancelReason", "上位法正在修订，待修订后再征求意见。"));
        await room.Announce(AnnouncementKind.ConsultationNotice, id);
        var page = await room.Visitor(ConsultationRoom.SiteKey).Get(path);
        Assert.Equal(200, (int)page.Status);
        Assert.Contains("上位法正在修订", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("居住区应当设置", page.Text, StringComparison.Ordinal);
        // When it was to run, and the announcement that cancels it.
        var row = await room.Find(id);
        Assert.Contains($"{row.OpensOn:yyyy年M月d日}至{row.ClosesOn:yyyy年M月d日}", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"main a[href='/{row.NoticePath}']"));
    }

    [Fact]
    public async Task A_later_version_keeps_opinions_with_the_clauses_that_did_not_change()
    {
        var (id, path) = await room.Opened();
        var kept = await room.Given(path, ("Clause", "c6"), ("Text", "第四条规定很好。"));
        var lost = await room.Given(path, ("Clause", "c5"), ("Text", "第三条太笼统了。"));
        await room.Acted(kept.Id, "Display");
        await room.Acted(lost.Id, "Display");
        var row = await room.Find(id);
        var editor = await room.As(await room.Editor());
        var draft = ConsultationRoom.Draft.Replace("应当分类投放。", "应当分类投放，不得混合。", StringComparison.Ordinal)
            .Replace("第四条", "第五条", StringComparison.Ordinal)
            .Replace("第五条　", "第四条　鼓励社会力量参与。\n第五条　", StringComparison.Ordinal);
        var saved = await editor.Post(
            $"/console/consultations/{id}/edit",
            room.Form(row.Key, ("Draft", draft), ("Version", row.Version.ToString(CultureInfo.InvariantCulture))));
        Assert.Equal(302, (int)saved.Status);
        await room.Taken(id, ConsultationTrigger.Revise);
        await room.Announce(AnnouncementKind.ConsultationNotice, id);
        var clauses = (await room.Find(id)).Released!.Clauses;
        Assert.Equal("第五条", clauses.Single(clause => clause.Id == "c6").Number);
        Assert.DoesNotContain(clauses, clause => clause.Id == "c5");
        var page = await room.Visitor(ConsultationRoom.SiteKey).Get($"{path}/opinions");
        Assert.Contains("原第三条（草案已修改）", page.Text, StringComparison.Ordinal);
        Assert.Equal(1, page.Document.QuerySelectorAll($"a[href='{path}#c6']").Length);
    }

    [Fact]
    public async Task What_reviewers_send_back_can_be_taken_back_and_what_is_taken_off_the_site_is_not_shown()
    {
        var id = await room.Driven(ConsultationState.UnderReview);
        Assert.Equal(409, (int)(await room.Step(await room.Editor(), id, ConsultationTrigger.TakeBack)).Status);
        await room.SendBackAnnouncement(AnnouncementKind.ConsultationNotice, id);
        await room.Taken(id, ConsultationTrigger.TakeBack);
        var row = await room.Find(id);
        var editor = await room.As(await room.Editor());
        var saved = await editor.Post(
            $"/console/consultations/{id}/edit",
            room.Form(row.Key, ("Background", "按审核意见补充：现行办法已经施行八年。"), ("Version", row.Version.ToString(CultureInfo.InvariantCulture))));
        Assert.Equal(302, (int)saved.Status);
        await room.Open(id);
        var path = "/consultations/" + row.Key;
        var visitor = room.Visitor(ConsultationRoom.SiteKey);
        Assert.Contains("按审核意见补充", (await visitor.Get(path)).Text, StringComparison.Ordinal);
        await room.WithdrawAnnouncement(AnnouncementKind.ConsultationNotice, id);
        Assert.Equal(404, (int)(await visitor.Get(path)).Status);
        Assert.Equal(404, (int)(await visitor.Get(path + "/opinions/new")).Status);
    }
}
