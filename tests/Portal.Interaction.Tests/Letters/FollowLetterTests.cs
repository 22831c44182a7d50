using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Letters;
using Portal.Testing;

namespace Portal.Interaction.Tests.Letters;

/// <summary>What the writer sees and does with number and code, and what nobody learns without them.</summary>
public sealed class FollowLetterTests(Mailroom room) : IClassFixture<Mailroom>
{
    [Fact]
    public async Task Wrong_number_wrong_code_and_both_answer_alike()
    {
        var (number, code) = Mailroom.Receipt(await room.Submit(room.Visitor(Mailroom.SiteKey)));
        var browser = room.Visitor(Mailroom.SiteKey);
        var absent = LetterNumber.Write(2026, 9_999_999);
        string[] answers =
        [
            Body(await Mailroom.Follow(browser, number, "00000-00000-00000-00000")),
            Body(await Mailroom.Follow(browser, absent, code)),
            Body(await Mailroom.Follow(browser, absent, "00000-00000-00000-00000")),
            Body(await Mailroom.Follow(browser, "garbage", "")),
        ];
        Assert.Single(answers.Distinct());
        Assert.Contains("不正确", answers[0], StringComparison.Ordinal);

        static string Body(Answer answer)
        {
            Assert.Equal(422, (int)answer.Status);
            return answer.Document.QuerySelector(".govuk-error-summary")!.TextContent;
        }
    }

    [Fact]
    public async Task Number_and_code_as_people_type_them_open_the_letter_on_its_own_site_only()
    {
        var (number, code) = Mailroom.Receipt(await room.Submit(room.Visitor(Mailroom.SiteKey), ("Title", "路灯不亮")));
        var typed = number.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal);
        var page = await Mailroom.Follow(room.Visitor(Mailroom.SiteKey), typed, code.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant());
        Assert.Equal(200, (int)page.Status);
        Assert.Contains("路灯不亮", page.Text, StringComparison.Ordinal);
        Assert.Equal(422, (int)(await Mailroom.Follow(room.Visitor("lanqiao"), number, code)).Status);
    }

    [Fact]
    public async Task The_writer_reads_the_answer_rates_it_and_asks_once_more()
    {
        var browser = room.Visitor(Mailroom.SiteKey);
        var (number, code) = Mailroom.Receipt(await room.Submit(browser));
        var before = await Mailroom.Follow(browser, number, code);
        Assert.Null(before.Document.QuerySelector("form[action$=rating]"));
        await room.Answer(number, "年内在虚拟路北段增设公交站。");

        var page = await Mailroom.Follow(browser, number, code);
        Assert.Contains("年内在虚拟路北段增设公交站。", page.Text, StringComparison.Ordinal);
        Assert.Contains("已采纳", page.Text, StringComparison.Ordinal);
        var ticket = Ticket(page);
        Assert.Equal(422, (int)(await Post("rating", ("Rating", "9"))).Status);
        var rated = await Post("rating", ("Rating", "5"), ("RateText", "很快"));
        Assert.Equal(200, (int)rated.Status);
        Assert.Equal((5, LetterState.Rated), await State());
        Assert.Equal(409, (int)(await Post("rating", ("Rating", "1"))).Status);

        Assert.Equal(422, (int)(await Post("question", ("FollowUpText", ""))).Status);
        Assert.Equal(200, (int)(await Post("question", ("FollowUpText", "具体在哪个路口？"))).Status);
        var letter = await room.Find(number);
        Assert.Equal((LetterState.Dispatched, room.Today.AddDays(9)), (letter.State, letter.DueOn!.Value));
        await room.Step(number, new() { Trigger = LetterTrigger.TakeOn }, LetterParty.Unit);
        await room.Reply(number, "在虚拟路与示例街交叉口。这是第二次答复。");
        var again = await Mailroom.Follow(browser, number, code);
        Assert.Contains("这是第二次答复", again.Text, StringComparison.Ordinal);
        Assert.Null(again.Document.QuerySelector("form[action$=question]"));
        Assert.Equal(409, (int)(await Post("question", ("FollowUpText", "第三次？"))).Status);

        Task<Answer> Post(string act, params (string Name, string Value)[] fields) =>
            browser.Post("/letters/follow/" + act, new(fields.ToDictionary(field => field.Name, field => field.Value)) { ["Ticket"] = ticket }, "/letters/follow");

        async Task<(int?, LetterState)> State()
        {
            var letter = await room.Find(number);
            return (letter.Rating, letter.State);
        }
    }

    [Fact]
    public async Task While_the_writer_is_asked_the_time_stands_and_goes_on_with_what_they_add()
    {
        var browser = room.Visitor(Mailroom.SiteKey);
        var (number, code) = Mailroom.Receipt(await room.Submit(browser));
        await room.Step(number, new() { Trigger = LetterTrigger.Accept }, LetterParty.Office);
        await room.Step(number, new() { Trigger = LetterTrigger.Dispatch, LeadSiteId = room.Site(Mailroom.SiteKey).Id }, LetterParty.Office);
        await room.Step(number, new() { Trigger = LetterTrigger.TakeOn }, LetterParty.Unit);
        await room.Step(number, new() { Trigger = LetterTrigger.AskSupplement, Text = "请说明具体路段。", Days = 5 }, LetterParty.Unit);
        Assert.Null((await room.Find(number)).DueOn);
        var page = await Mailroom.Follow(browser, number, code);
        Assert.Contains("请说明具体路段。", page.Text, StringComparison.Ordinal);
        var sent = await browser.Post(
            "/letters/follow/supplement", new() { ["Ticket"] = Ticket(page), ["SupplementText"] = "北段1号到9号之间。" }, "/letters/follow");
        Assert.Equal(200, (int)sent.Status);
        var letter = await room.Find(number);
        Assert.Equal(LetterState.Handling, letter.State);
        Assert.NotNull(letter.DueOn);
    }

    [Fact]
    public async Task A_letter_is_withdrawn_only_on_purpose_and_then_no_more_is_done()
    {
        var browser = room.Visitor(Mailroom.SiteKey);
        var (number, code) = Mailroom.Receipt(await room.Submit(browser));
        var ticket = Ticket(await Mailroom.Follow(browser, number, code));
        Assert.Equal(422, (int)(await Withdraw()).Status);
        Assert.Equal(200, (int)(await Withdraw(("Sure", "true"))).Status);
        Assert.Equal(200, (int)(await Withdraw(("Sure", "true"))).Status);
        var letter = await room.Find(number);
        Assert.Equal((LetterState.Withdrawn, null), (letter.State, letter.DueOn));

        Task<Answer> Withdraw(params (string Name, string Value)[] fields) => browser.Post(
            "/letters/follow/withdrawal", new(fields.ToDictionary(field => field.Name, field => field.Value)) { ["Ticket"] = ticket }, "/letters/follow");
    }

    [Fact]
    public async Task What_is_sent_twice_with_the_same_words_is_done_once_and_told_so()
    {
        var browser = room.Visitor(Mailroom.SiteKey);
        var (number, code) = Mailroom.Receipt(await room.Submit(browser));
        await room.Answer(number, "年内在虚拟路北段增设公交站。");
        var ticket = Ticket(await Mailroom.Follow(browser, number, code));
        (string Name, string Value)[] rating = [("Rating", "4"), ("RateText", "比较快，\r\n谢谢。")];
        var both = await Task.WhenAll(Post("rating", rating), Post("rating", rating));
        Assert.All(both, answer => Assert.Equal(200, (int)answer.Status));
        var third = await Post("rating", rating);
        Assert.Equal(200, (int)third.Status);
        Assert.Equal(
            both[0].Document.QuerySelector(".govuk-notification-banner")!.TextContent,
            third.Document.QuerySelector(".govuk-notification-banner")!.TextContent);
        // Other words were not sent before: whoever wrote them is told that they did not arrive.
        Assert.Equal(409, (int)(await Post("rating", ("Rating", "4"), ("RateText", "其实很慢。"))).Status);
        Assert.Equal(409, (int)(await Post("rating", ("Rating", "3"), ("RateText", "比较快，\r\n谢谢。"))).Status);

        Assert.Equal(200, (int)(await Post("question", ("FollowUpText", "设在哪里？"))).Status);
        Assert.Equal(200, (int)(await Post("question", ("FollowUpText", "设在哪里？ "))).Status);
        Assert.Equal(409, (int)(await Post("question", ("FollowUpText", "何时设？"))).Status);
        var steps = await room.Read(db => db.LetterEvents.Where(row => row.Trigger == LetterTrigger.Rate || row.Trigger == LetterTrigger.FollowUp)
            .Join(db.Letters.Where(row => row.Number == number), row => row.LetterId, row => row.Id, (row, _) => row.Trigger).ToListAsync());
        Assert.Equal([LetterTrigger.Rate, LetterTrigger.FollowUp], steps.Order());

        Task<Answer> Post(string act, params (string Name, string Value)[] fields) =>
            browser.Post("/letters/follow/" + act, new(fields.ToDictionary(field => field.Name, field => field.Value)) { ["Ticket"] = ticket }, "/letters/follow");
    }

    [Fact]
    public async Task Without_a_ticket_of_this_site_nothing_is_done()
    {
        var browser = room.Visitor(Mailroom.SiteKey);
        var (number, code) = Mailroom.Receipt(await room.Submit(browser));
        var ticket = Ticket(await Mailroom.Follow(browser, number, code));
        foreach (var (site, used) in new[] { ("lanqiao", ticket), (Mailroom.SiteKey, ticket[..^3] + "AAA"), (Mailroom.SiteKey, "") })
        {
            var answer = await room.Visitor(site).Post(
                "/letters/follow/withdrawal", new() { ["Ticket"] = used, ["Sure"] = "true" }, "/letters/follow");
            Assert.Equal(422, (int)answer.Status);
        }

        Assert.Equal(LetterState.Submitted, (await room.Find(number)).State);
    }

    [Fact]
    public async Task Guesses_by_the_dozen_are_stopped()
    {
        var (number, code) = Mailroom.Receipt(await room.Submit(room.Visitor(Mailroom.SiteKey)));
        var browser = room.Visitor(Mailroom.SiteKey);
        var statuses = new List<int>();
        for (var i = 0; i < 22; i++)
        {
            statuses.Add((int)(await Mailroom.Follow(browser, number, "AAAAA-AAAAA-AAAAA-AAAAA")).Status);
        }

        Assert.Equal((422, 429), (statuses[0], statuses[^1]));
        // Whoever has the code is not kept out by somebody who guesses.
        Assert.Equal(200, (int)(await Mailroom.Follow(browser, number, code)).Status);
    }

    [Fact]
    public async Task Why_there_is_more_time_is_told_once_it_is_granted_and_goes_with_the_letter()
    {
        const string Reason = "需要与公交公司核对线路客流，核对结果出来后答复您。";
        var browser = room.Visitor(Mailroom.SiteKey);
        var (number, code) = Mailroom.Receipt(await room.Submit(browser));
        await room.Step(number, new() { Trigger = LetterTrigger.Accept }, LetterParty.Office);
        await room.Step(number, new() { Trigger = LetterTrigger.Dispatch, LeadSiteId = room.Site(Mailroom.SiteKey).Id }, LetterParty.Office);
        await room.Step(number, new() { Trigger = LetterTrigger.TakeOn }, LetterParty.Unit);
        // What was refused stays between the unit and its head.
        await room.Step(number, new() { Trigger = LetterTrigger.AskExtension, Text = "人手不够。", Note = "请尽快批准。" }, LetterParty.Unit);
        await room.Step(number, new() { Trigger = LetterTrigger.RefuseExtension, Note = "理由不充分。" }, LetterParty.Head);
        await room.Step(number, new() { Trigger = LetterTrigger.AskExtension, Text = Reason, Note = "客流数据在交通部门。" }, LetterParty.Unit);
        var waiting = await Mailroom.Follow(browser, number, code);
        Assert.DoesNotContain("核对线路客流", waiting.Text, StringComparison.Ordinal);

        await room.Step(number, new() { Trigger = LetterTrigger.GrantExtension }, LetterParty.Head);
        var page = await Mailroom.Follow(browser, number, code);
        var head = page.Document.QuerySelectorAll("h3").Single(title => title.TextContent.Contains("延长办理期限的理由", StringComparison.Ordinal));
        Assert.Equal(Reason, head.NextElementSibling!.TextContent.Trim());
        Assert.Contains("经批准办理期限延长", page.Document.QuerySelector(".p-steps")!.TextContent, StringComparison.Ordinal);
        foreach (var inner in new[] { "人手不够", "请尽快批准", "理由不充分", "客流数据在交通部门" })
        {
            Assert.DoesNotContain(inner, page.Text, StringComparison.Ordinal);
        }

        // Sealed under the letter's own key: without it nobody reads it.
        var letter = await room.Find(number);
        await room.Read(db => db.Letters.Where(row => row.Id == letter.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.SealedKey, (string?)null)));
        Assert.DoesNotContain("核对线路客流", (await Mailroom.Follow(browser, number, code)).Text, StringComparison.Ordinal);
    }

    private static string Ticket(Answer page) =>
        page.Document.QuerySelector("input[name=Ticket]")!.GetAttribute("value")!;
}
