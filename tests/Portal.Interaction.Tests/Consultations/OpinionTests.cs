using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Consultations;
using Portal.Testing;

namespace Portal.Interaction.Tests.Consultations;

/// <summary>Giving an opinion: one a form, nothing lost, nothing personal in the open, nothing shown that no person has seen.</summary>
public sealed class OpinionTests(ConsultationRoom room) : IClassFixture<ConsultationRoom>
{
    [Fact]
    public async Task A_double_click_makes_one_opinion_and_both_answers_show_its_code()
    {
        var (id, path) = await room.Opened();
        var browser = room.Visitor(ConsultationRoom.SiteKey);
        var form = await room.OpenForm(browser, path);
        var both = await Task.WhenAll(browser.PostRaw(path + "/opinions/new", form), browser.PostRaw(path + "/opinions/new", form));
        Assert.Equal(ConsultationRoom.Receipt(both[0]), ConsultationRoom.Receipt(both[1]));
        Assert.StartsWith("no-store", both[0].Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal(1, await room.Read(db => db.Opinions.CountAsync(row => row.ConsultationId == id)));
    }

    // The browser's Back, other words, sent again: nothing of it may be dropped in silence.
    [Theory]
    [InlineData("Text", "改了主意：建议延长到晚上十点。")]
    [InlineData("Stance", "Disagree")]
    [InlineData("Clause", "c5")]
    [InlineData("MayDisplay", "")]
    [InlineData("Phone", "13800005678")]
    public async Task The_same_form_with_something_else_in_it_is_told_of_its_first_opinion_and_may_be_sent_as_another(string field, string value)
    {
        var (id, path) = await room.Opened();
        var browser = room.Visitor(ConsultationRoom.SiteKey);
        var form = await room.OpenForm(browser, path, ("Clause", ""));
        var first = ConsultationRoom.Receipt(await browser.PostRaw(path + "/opinions/new", form));
        var clause = (await browser.Get(path)).Document.QuerySelectorAll(".p-clause")[^1].Id!;
        var changed = new Dictionary<string, string>(form) { [field] = field == "Clause" ? clause : value };
        var told = await browser.PostRaw(path + "/opinions/new", changed);
        Assert.Equal(422, (int)told.Status);
        Assert.Contains(first.Number, told.Document.QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(changed["Text"], told.Document.QuerySelector("#Text")!.TextContent);
        Assert.Equal(first, ConsultationRoom.Receipt(await browser.PostRaw(path + "/opinions/new", form)));

        changed["FormToken"] = told.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!;
        Assert.NotEqual(form["FormToken"], changed["FormToken"]);
        Assert.NotEqual(first.Number, ConsultationRoom.Receipt(await browser.PostRaw(path + "/opinions/new", changed)).Number);
        Assert.Equal(2, await room.Read(db => db.Opinions.CountAsync(row => row.ConsultationId == id)));
    }

    [Fact]
    public async Task What_is_personal_lies_in_no_column_in_the_open_and_on_no_public_page()
    {
        var (_, path) = await room.Opened();
        var opinion = await room.Given(
            path, ("Name", "欧阳不在册"), ("Phone", "13912349876"),
            ("Text", $"我是欧阳不在册，电话13912349876，身份证{ConsultationRoom.IdNumber}，建议增设投放点。"));
        Assert.Empty(await Dump.TablesHolding(room.OwnerConnection, ["欧阳不在册", "13912349876", ConsultationRoom.IdNumber]));
        await room.Acted(opinion.Id, "Display");
        var shown = await room.Visitor(ConsultationRoom.SiteKey).Get(path + "/opinions");
        Assert.Contains("建议增设投放点", shown.Text, StringComparison.Ordinal);
        foreach (var secret in new[] { "欧阳", "13912349876", ConsultationRoom.IdNumber })
        {
            Assert.DoesNotContain(secret, shown.Text, StringComparison.Ordinal);
        }

        Assert.Empty(await Dump.TablesHolding(room.OwnerConnection, ["欧阳不在册", "13912349876", ConsultationRoom.IdNumber]));
    }

    [Fact]
    public async Task What_an_act_for_many_leaves_as_it_was_is_counted_with_its_reason()
    {
        var (id, path) = await room.Opened();
        var open = await room.Given(path);
        var (silent, mute) = (await room.Given(path, ("MayDisplay", "")), await room.Given(path, ("MayDisplay", "")));
        var editor = await room.As(await room.Editor());

        var none = await Display(silent, mute);
        var some = await Display(open, silent);

        Assert.Equal(409, (int)none.Status);
        Assert.Contains("没有同意公开", Assert.Single(none.Errors), StringComparison.Ordinal);
        Assert.True(none.Document.QuerySelector($"input[value='{silent.Id}']")!.HasAttribute("checked"));
        Assert.Equal(302, (int)some.Status);
        Assert.Contains("已处理1条，另有1条没有处理：", (await editor.Get(some.Header("Location")!)).Text, StringComparison.Ordinal);
        // Nothing ticked and nothing chosen is told at once.
        var empty = await editor.Post($"/console/consultations/{id}/opinions", new() { ["Act"] = "" }, $"/console/consultations/{id}/opinions");
        Assert.Equal(["请先选择意见", "请选择处理方式"], empty.Errors);

        async Task<Portal.Testing.Answer> Display(params Opinion[] opinions) => await editor.PostRaw(
            $"/console/consultations/{id}/opinions",
            [
                new("_token", (await editor.Get($"/console/consultations/{id}/opinions")).Token!), new("Act", "Display"),
                .. opinions.Select(opinion => new KeyValuePair<string, string>("Ids", opinion.Id.ToString())),
            ]);
    }

    [Fact]
    public async Task Only_a_masked_copy_is_shown_and_only_with_consent()
    {
        var (_, path) = await room.Opened();
        var opinion = await room.Given(path, ("Text", "虚拟路7号的张三建议增设投放点。"));
        Assert.Equal(422, (int)(await room.Act(opinion.Id, "Display", ("Display", "群众要求取消投放点。"))).Status);
        await room.Acted(opinion.Id, "Display", ("Display", "***建议增设投放点。"));
        Assert.Equal("***建议增设投放点。", (await room.Opinion(opinion.Number)).DisplayText);
        var silent = await room.Given(path, ("MayDisplay", ""));
        Assert.Equal(422, (int)(await room.Act(silent.Id, "Display")).Status);
        await room.Acted(opinion.Id, "Keep", ("Reason", "提意见人来电要求不公开。"));
        Assert.Null((await room.Opinion(opinion.Number)).DisplayText);
    }

    [Fact]
    public async Task Words_come_in_place_of_stars_only_after_a_look_on_the_record_and_with_a_reason()
    {
        const string Words = "我是闻人慕容，住虚拟路7号，身份证990102199001011237，市政府在示例路1号，建议增设投放点。";
        const string Shown = "我是***，住***，身份证***，市政府在示例路1号，建议增设投放点。";
        var (_, path) = await room.Opened();
        var opinion = await room.Given(path, ("Text", Words));
        var proposed = (await (await room.As(await room.Editor())).Get($"/console/opinions/{opinion.Id}")).Document.QuerySelector("#Display")!.TextContent;
        Assert.DoesNotContain("示例路1号", proposed, StringComparison.Ordinal);

        // A right guess and a wrong one are told the same.
        var right = await room.Act(opinion.Id, "Display", ("Display", Shown), ("LeftReason", "公开的办公地址"));
        var wrong = await room.Act(opinion.Id, "Display", ("Display", Shown.Replace("示例路1号", "示例路2号", StringComparison.Ordinal)), ("LeftReason", "公开的办公地址"));
        Assert.Equal((422, 422), ((int)right.Status, (int)wrong.Status));
        Assert.Equal(right.Errors, wrong.Errors);
        Assert.Null((await room.Opinion(opinion.Number)).DisplayText);

        var editor = await room.As(await room.Editor());
        Assert.Equal(200, (int)(await editor.Post(
            $"/console/opinions/{opinion.Id}/writer", new() { ["RevealReason"] = "核对展示内容" }, $"/console/opinions/{opinion.Id}")).Status);
        var silent = await room.Act(opinion.Id, "Display", ("Display", Shown));
        Assert.NotNull(silent.Document.QuerySelector(".govuk-error-summary a[href='#LeftReason']"));
        Assert.Equal(Shown, silent.Document.QuerySelector("#Display")!.TextContent);
        foreach (var never in new[] { "闻人慕容", "990102199001011237" })
        {
            var copy = never[0] == '闻' ? Shown.Replace("我是***", "我是闻人慕容", StringComparison.Ordinal) : Shown.Replace("身份证***", "身份证990102199001011237", StringComparison.Ordinal);
            await room.Act(opinion.Id, "Display", ("Display", copy), ("LeftReason", "公开的办公地址"));
            Assert.DoesNotContain(never, (await room.Opinion(opinion.Number)).DisplayText ?? "", StringComparison.Ordinal);
        }

        await room.Acted(opinion.Id, "Display", ("Display", Shown), ("LeftReason", "公开的办公地址"));
        Assert.Equal(Shown, (await room.Opinion(opinion.Number)).DisplayText);
        Assert.Equal(1, await room.Read(db => db.ConsultationSteps.CountAsync(step =>
            step.OpinionId == opinion.Id && step.Trigger == ConsultationTrigger.Moderate && step.Note!.Contains("公开的办公地址"))));
        // Confirmed once, it can be saved as it stands; hiding more needs nothing.
        await room.Acted(opinion.Id, "Display");
        await room.Acted(opinion.Id, "Display", ("Display", "***建议增设投放点。"));
    }

    [Theory]
    [InlineData("Clause", "c1")]
    [InlineData("Clause", "c999")]
    [InlineData("Clause", "' or 1=1")]
    [InlineData("Stance", "")]
    [InlineData("Stance", "7")]
    [InlineData("Text", "短")]
    [InlineData("Phone", "12ab")]
    public async Task What_is_wrong_is_said_at_the_field_and_everything_typed_is_kept(string field, string value)
    {
        var (_, path) = await Shared();
        var answer = await room.Submit(room.Visitor(ConsultationRoom.SiteKey), path, (field, value), ("Unit", "保留我公司"));
        Assert.Equal(422, (int)answer.Status);
        Assert.NotNull(answer.Document.QuerySelector($".govuk-error-summary a[href='#{field}']"));
        Assert.StartsWith("错误：", answer.Document.Title, StringComparison.Ordinal);
        Assert.Equal("保留我公司", answer.Document.QuerySelector("#Unit")!.GetAttribute("value"));
        Assert.NotNull(answer.Document.QuerySelector("input[name=MayDisplay][checked]"));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once_in_the_order_of_the_fields()
    {
        var (id, path) = await Shared();
        var answer = await room.Submit(
            room.Visitor(ConsultationRoom.SiteKey), path, ("Clause", "c999"), ("Stance", ""), ("Text", ""), ("Phone", "12ab"));
        Assert.Equal(["#Clause", "#Stance", "#Text", "#Phone"], Summary(answer));

        // The same for staff who enter one.
        var desk = await room.As(await room.Editor());
        var home = $"/console/consultations/{id}/opinions/new";
        var form = await desk.Get(home);
        Assert.DoesNotContain("您的态度", form.Text, StringComparison.Ordinal);
        var entered = await desk.PostRaw(home, new Dictionary<string, string>
        {
            ["_token"] = form.Token!,
            ["FormToken"] = form.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!,
        });
        Assert.Equal(422, (int)entered.Status);
        Assert.Equal(["#Channel", "#Day", "#PaperReference", "#Stance", "#Text"], Summary(entered));

        // And for the form of a consultation.
        var wrong = await desk.Post("/console/consultations/new", room.Form(
            "不是键", ("Title", ""), ("Kind", ""), ("To", ConsultationRoom.Day(room.Today.AddDays(-3))), ("Email", "no"), ("Interpretation", "不是地址")));
        Assert.Equal(["#Key", "#Title", "#Kind", "#To", "#Email", "#Interpretation"], Summary(wrong));

        static List<string?> Summary(Answer page) =>
            [.. page.Document.QuerySelectorAll(".govuk-error-summary a").Select(link => link.GetAttribute("href"))];
    }

    [Fact]
    public async Task A_card_sets_clause_and_day_apart_and_staff_read_of_others()
    {
        var (id, path) = await Shared();
        var opinion = await room.Given(path, ("Clause", ""), ("Text", "整部办法写得清楚。"));
        await room.Acted(opinion.Id, "Display");
        var card = (await room.Visitor(ConsultationRoom.SiteKey).Get(path + "/opinions")).Document.QuerySelectorAll(".p-consult-list__item")
            .Single(item => item.TextContent.Contains("整部办法写得清楚", StringComparison.Ordinal)).QuerySelector(".p-consult-list__meta")!;
        Assert.Matches(@"\s\d{4}-\d{2}-\d{2}$", card.TextContent.Trim());
        var desk = await room.As(await room.Editor());
        foreach (var page in new[] { $"/console/consultations/{id}/opinions", $"/console/opinions/{opinion.Id}" })
        {
            var text = (await desk.Get(page)).Document.QuerySelector("main")!.TextContent;
            Assert.DoesNotContain("您的态度", text, StringComparison.Ordinal);
            Assert.DoesNotContain("选填", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_line_of_five_thousand_characters_is_refused_in_words_and_kept()
    {
        var (_, path) = await Shared();
        var answer = await room.Submit(room.Visitor(ConsultationRoom.SiteKey), path, ("Text", new string('长', 5000)));
        Assert.Equal(422, (int)answer.Status);
        Assert.Equal(5000, answer.Document.QuerySelector("#Text")!.TextContent.Length);
    }

    [Fact]
    public async Task An_expired_form_keeps_what_was_written_and_can_be_sent_again()
    {
        var (_, path) = await Shared();
        var browser = room.Visitor(ConsultationRoom.SiteKey);
        var form = await room.OpenForm(browser, path, ("Text", "过期的表单也要保留内容。"));
        form["FormToken"] = form["FormToken"][..^4] + "AAAA";
        var answer = await browser.PostRaw(path + "/opinions/new", form);
        Assert.Equal(422, (int)answer.Status);
        Assert.Contains("过期的表单也要保留内容。", answer.Document.QuerySelector("#Text")!.TextContent, StringComparison.Ordinal);
        form["FormToken"] = answer.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!;
        room.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, (int)(await browser.PostRaw(path + "/opinions/new", form)).Status);
    }

    [Fact]
    public async Task A_lying_file_is_refused_in_words_and_a_true_one_is_sealed()
    {
        var (_, path) = await Shared();
        var browser = room.Visitor(ConsultationRoom.SiteKey);
        var lying = await Send(browser, path, "photo.jpg", Encoding.UTF8.GetBytes("MZ not a picture"));
        Assert.Equal(422, (int)lying.Status);
        Assert.NotNull(lying.Document.QuerySelector(".govuk-error-summary a[href='#Files']"));
        var pdf = Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF");
        var taken = await room.Opinion(ConsultationRoom.Receipt(await Send(browser, path, "证明.pdf", pdf)).Number);
        var paper = await room.Read(db => db.OpinionPapers.AsNoTracking().SingleAsync(row => row.OpinionId == taken.Id && row.IsFile));
        Assert.NotNull(paper.BlobHash);
        Assert.Empty(await Dump.TablesHolding(room.OwnerConnection, ["证明.pdf"]));
        var editor = await room.As(await room.Editor());
        var opened = await editor.Post($"/console/opinions/{taken.Id}/files", new() { ["FileId"] = paper.Id.ToString() }, $"/console/opinions/{taken.Id}");
        Assert.Equal(200, (int)opened.Status);
        Assert.Contains("attachment", opened.Header("Content-Disposition"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_gets_turns_and_loses_nothing()
    {
        var (_, path) = await room.Opened();
        var browser = room.Visitor(ConsultationRoom.SiteKey);
        Answer? slow = null;
        Dictionary<string, string> form = [];
        for (var i = 0; i < 80 && slow is null; i++)
        {
            form = await room.OpenForm(browser, path);
            var answer = await browser.PostRaw(path + "/opinions/new", form);
            slow = (int)answer.Status == 429 ? answer : null;
        }

        Assert.NotNull(slow);
        Assert.NotEmpty(slow.Header("Retry-After")!);
        form["Turn"] = slow.Document.QuerySelector("input[name=Turn]")!.GetAttribute("value")!;
        Assert.Equal(429, (int)(await browser.PostRaw(path + "/opinions/new", form)).Status);
        room.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(200, (int)(await browser.PostRaw(path + "/opinions/new", form)).Status);
        room.Clock.Advance(TimeSpan.FromHours(2));
    }

    [Fact]
    public async Task Before_the_first_day_and_after_the_last_nothing_is_taken_and_the_words_are_handed_back()
    {
        var id = await room.Drafted(
            ("From", ConsultationRoom.Day(room.Today.AddDays(3))), ("To", ConsultationRoom.Day(room.Today.AddDays(40))));
        await room.Open(id);
        var row = await room.Find(id);
        var path = "/consultations/" + row.Key;
        var browser = room.Visitor(ConsultationRoom.SiteKey);
        var early = await browser.Get(path + "/opinions/new");
        Assert.Null(early.Document.QuerySelector("input[name=FormToken]"));
        Assert.Contains("意见征集从", early.Text, StringComparison.Ordinal);
        room.GoTo(row.OpensOn!.Value);
        var form = await room.OpenForm(browser, path, ("Text", "写得太久，已经截止。"));
        room.GoTo(row.ClosesOn!.Value.AddDays(1));
        form["FormToken"] = room.Services.GetService(typeof(OpinionForms)) is OpinionForms forms ? forms.NewForm() : "";
        var late = await browser.PostRaw(path + "/opinions/new", form);
        Assert.Equal(409, (int)late.Status);
        Assert.Contains("写得太久，已经截止。", late.Text, StringComparison.Ordinal);
        Assert.Equal(0, await room.Read(db => db.Opinions.CountAsync(one => one.ConsultationId == id)));
    }

    [Fact]
    public async Task A_wrong_number_and_a_wrong_code_get_the_same_answer()
    {
        var (_, path) = await Shared();
        var browser = room.Visitor(ConsultationRoom.SiteKey);
        var (number, code) = ConsultationRoom.Receipt(await room.Submit(browser, path));
        var wrongCode = await Follow(browser, number, "00000-00000-00000-00000");
        var wrongNumber = await Follow(browser, "YJ2026-999999-0", code);
        Assert.Equal((422, 422), ((int)wrongCode.Status, (int)wrongNumber.Status));
        Assert.Equal(wrongCode.Errors, wrongNumber.Errors);
        Assert.Contains("待审核", (await Follow(browser, number.ToLowerInvariant(), code)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_looks_at_an_opinion_in_full_says_why_and_is_recorded()
    {
        var (_, path) = await Shared();
        var opinion = await room.Given(path, ("Name", "司徒不在册"));
        var editor = await room.As(await room.Editor());
        var address = $"/console/opinions/{opinion.Id}";
        Assert.DoesNotContain("司徒不在册", (await editor.Get(address)).Text, StringComparison.Ordinal);
        Assert.Equal(422, (int)(await editor.Post(address + "/writer", new() { ["RevealReason"] = "" }, address)).Status);
        var shown = await editor.Post(address + "/writer", new() { ["RevealReason"] = "电话核实意见内容" }, address);
        Assert.Contains("司徒不在册", shown.Text, StringComparison.Ordinal);
        Assert.Equal(1, await room.Read(db => db.ConsultationSteps.CountAsync(
            step => step.OpinionId == opinion.Id && step.Trigger == ConsultationTrigger.Reveal && step.Note == "电话核实意见内容")));
    }

    [Fact]
    public async Task What_comes_on_paper_is_entered_with_its_reference_and_counts()
    {
        var (id, _) = await room.Opened();
        var editor = await room.As(await room.Editor());
        var page = await editor.Get($"/console/consultations/{id}/opinions/new");
        Dictionary<string, string> form = new()
        {
            ["_token"] = page.Token!,
            ["FormToken"] = page.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!,
            ["Channel"] = "Meeting",
            ["Day"] = ConsultationRoom.Day(room.Today),
            ["Stance"] = "Disagree",
            ["Text"] = "与会代表不赞成收费条款。",
        };
        Assert.Equal(422, (int)(await editor.PostRaw($"/console/consultations/{id}/opinions/new", form)).Status);
        form["PaperReference"] = "座谈会记录第3号";
        var slip = await editor.PostRaw($"/console/consultations/{id}/opinions/new", form);
        var opinion = await room.Opinion(ConsultationRoom.Receipt(slip).Number);
        Assert.Equal((OpinionChannel.Meeting, "座谈会记录第3号"), (opinion.Channel, opinion.PaperReference));
        var workbook = await editor.Post($"/console/consultations/{id}/export", new() { ["Export"] = "true" }, $"/console/consultations/{id}");
        Assert.Equal(200, (int)workbook.Status);
        Assert.Contains("spreadsheetml", workbook.Header("Content-Type"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_last_day_no_way_is_offered_any_more_and_what_waits_is_no_valid_opinion_of_the_preview()
    {
        var (id, path) = await room.Opened();
        var shown = await room.Given(path);
        await room.Given(path);
        await room.Acted(shown.Id, "Display");
        // Of another one: pages of one address are kept for a while.
        var (_, open) = await Shared();
        Assert.NotNull((await room.Visitor(ConsultationRoom.SiteKey).Get(open)).Document.QuerySelector("#ways"));
        room.GoTo((await room.Find(id)).ClosesOn!.Value.AddDays(1));
        await room.Taken(id, ConsultationTrigger.BeginHandling);
        var over = await room.Visitor(ConsultationRoom.SiteKey).Get(path);
        Assert.Null(over.Document.QuerySelector("#ways"));
        Assert.DoesNotContain("yijian@yunpu.invalid", over.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        var preview = (await (await room.As(await room.Editor())).Get($"/console/consultations/{id}")).Document
            .QuerySelector("section[aria-labelledby=report]")!.TextContent;
        Assert.Contains("有1条意见待审核", preview, StringComparison.Ordinal);
        Assert.Contains("收到意见2条，其中有效意见1条", preview, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_wrong_codes_are_told_the_wait_that_is_true()
    {
        var (_, path) = await room.Opened();
        var browser = room.Visitor(ConsultationRoom.SiteKey);
        var (number, code) = ConsultationRoom.Receipt(await room.Submit(browser, path));
        var most = new ConsultationSettings();
        Answer? slow = null;
        for (var i = 0; slow is null && i <= most.LookUpsPerNetworkAndHour; i++)
        {
            var tried = await Follow(browser, number, "00000-00000-00000-00000");
            slow = (int)tried.Status == 429 ? tried : null;
        }

        var wait = int.Parse(slow!.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains($"请{(wait + 59) / 60}分钟后再试", slow.Document.QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        room.Clock.Advance(TimeSpan.FromSeconds(wait));
        Assert.Equal(422, (int)(await Follow(browser, number, "00000-00000-00000-00000")).Status);
        room.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Contains(number, (await Follow(browser, number, code)).Text, StringComparison.Ordinal);
    }

    private (Guid, string)? _shared;

    private async Task<(Guid Id, string Path)> Shared() => _shared ??= await room.Opened();

    private static Task<Answer> Follow(Browser browser, string number, string code) => browser.Post(
        "/consultations/follow", new() { ["Number"] = number, ["Code"] = code });

    private async Task<Answer> Send(Browser browser, string path, string name, byte[] bytes)
    {
        using var content = new MultipartFormDataContent();
        foreach (var (key, value) in await room.OpenForm(browser, path))
        {
            content.Add(new StringContent(value), key);
        }

        content.Add(new ByteArrayContent(bytes), "Files", name);
        return await browser.SendContent(path + "/opinions/new", content);
    }
}
